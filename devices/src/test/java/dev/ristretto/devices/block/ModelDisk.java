package dev.ristretto.devices.block;

import dev.ristretto.devices.model.ModelHost;
import dev.ristretto.devices.model.ModelMmio;
import dev.ristretto.devices.model.ModelQueue;
import dev.ristretto.devices.model.VirtioModel;
import dev.ristretto.devices.virtio.MmioTransport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** A disk and the device behind it, which does what it is asked when it is notified, in any order; the card's thread is a real one. */
final class ModelDisk {
    static final long ALL = DiskLimits.ALL | 1L << 28 | 1L << 29;
    private static final long REGISTERS = 0xFEB0_0000L;

    /** One request, as the device got it. */
    record Request(int type, long unit, int bytes) {
    }

    final ModelHost host = new ModelHost();
    final VirtioModel model;
    final byte[] content;
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    final BlockCard card;
    /** The order in which requests are done. */
    private final Random random = new Random(7);
    /** Answer to all requests but those of the type that is spared. */
    volatile int status = RequestQueue.OK;
    volatile int sparedType = -1;
    /** Does nothing until it is true. */
    volatile boolean works = true;
    /** What to do instead with a chain; true if it did. */
    volatile Trick trick = (disk, chain) -> false;

    interface Trick {
        boolean play(ModelDisk disk, ModelQueue.Chain chain);
    }

    ModelDisk(long features, int bytes) {
        this(features, bytes, 512, 64);
    }

    ModelDisk(long features, int bytes, int sector, int queueSize) {
        this(features, bytes, queueSize, configuration(bytes, sector));
    }

    /** As a device says it: §5.2.4. */
    static byte[] configuration(long bytes, int sector) {
        ByteBuffer configuration = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
        configuration.putLong(0, bytes / 512).putInt(8, 4096 * 5).putInt(12, 1).putInt(20, sector);
        configuration.putInt(36, 16).putInt(40, 1).putInt(48, 24).putInt(52, 1).put(56, (byte) 1);
        return configuration.array();
    }

    ModelDisk(long features, int bytes, int queueSize, byte[] configuration) {
        content = new byte[bytes];
        host.isThreaded = true;
        model = new VirtioModel(host, BlockCard.TYPE, features, 1, configuration.length);
        model.maxQueueSize = queueSize;
        System.arraycopy(configuration, 0, model.configuration, 0, configuration.length);
        model.whenNotified = this::work;
        host.registers.put(REGISTERS, new ModelMmio(model, 512));
        card = BlockCard.start(MmioTransport.of(REGISTERS, 512, 5, host, log::add), host, "vda", log::add);
    }

    /** Does everything that waits, in any order. */
    synchronized void work() {
        ModelQueue queue = model.queues[0];
        List<ModelQueue.Chain> chains = new ArrayList<>();
        for (ModelQueue.Chain chain = works ? queue.take() : null; chain != null; chain = queue.take()) {
            chains.add(chain);
        }
        Collections.shuffle(chains, random);
        for (ModelQueue.Chain chain : chains) {
            if (!trick.play(this, chain)) {
                serve(queue, chain);
            }
        }
        show();
    }

    void show() {
        ModelQueue queue = model.queues[0];
        if (queue.ready && queue.show()) {
            model.raiseQueue.run();
        }
    }

    private void serve(ModelQueue queue, ModelQueue.Chain chain) {
        ByteBuffer in = ByteBuffer.wrap(queue.read(chain)).order(ByteOrder.LITTLE_ENDIAN);
        if (chain.buffers().getFirst().length() != 16 || chain.buffers().getLast().length() != 1) {
            throw new AssertionError("no header, or no room for the status");
        }
        int type = in.getInt();
        in.getInt();
        long unit = in.getLong();
        int room = chain.room() - 1;
        requests.add(new Request(type, unit, Math.max(room, in.remaining())));
        int answer = type == sparedType ? RequestQueue.OK : status;
        int at = Math.toIntExact(unit * 512);
        byte[] out = new byte[room + 1];
        if (answer == RequestQueue.OK) {
            switch (type) {
                case RequestQueue.READ -> System.arraycopy(content, at, out, 0, room);
                case RequestQueue.WRITE -> in.get(content, at, in.remaining());
                case RequestQueue.DISCARD, RequestQueue.WRITE_ZEROES -> {
                    int from = Math.toIntExact(in.getLong() * 512);
                    int length = in.getInt() * 512;
                    in.getInt();
                    if (length <= 0 || length > (type == RequestQueue.DISCARD ? 16 : 24) * 512) {
                        throw new AssertionError("a range of " + length);
                    }
                    java.util.Arrays.fill(content, from, from + length, (byte) (type == RequestQueue.DISCARD ? 0xDD : 0));
                }
                case RequestQueue.FLUSH -> { }
                default -> throw new AssertionError("a request of type " + type);
            }
        }
        out[room] = (byte) answer;
        queue.write(chain, out, 0);
        queue.use(chain.head(), room + 1);
    }

    /** Answers a chain as one likes. */
    void answer(ModelQueue.Chain chain, int id, int length, int status) {
        byte[] out = new byte[chain.room()];
        out[out.length - 1] = (byte) status;
        model.queues[0].write(chain, out, 0);
        model.queues[0].use(id, length);
    }
}
