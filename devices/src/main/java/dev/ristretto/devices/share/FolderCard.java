package dev.ristretto.devices.share;

import dev.ristretto.devices.host.DeviceHost;
import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.devices.virtio.SplitQueue;
import dev.ristretto.devices.virtio.Transport;
import dev.ristretto.devices.virtio.VirtioDevice;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ninep.transport.MessageTransport;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A virtio 9P device with its one queue, on which one message is in flight at a time. It has no thread: who asks waits for the interrupt.
 * Messages are copied to and from memory that the device reaches: Java's own moves about.
 *
 * <p>A device that breaks a rule is stopped, with a line in the log: every call fails with {@code EIO} from then on. One that does not answer
 * at all is waited for, as long as it takes, and the log says so once.
 */
public final class FolderCard implements MessageTransport {
    /** Device type of virtio 1.2 §5. */
    public static final int TYPE = 9;

    /** VIRTIO_9P_MOUNT_TAG: the configuration is the length of a text and the text. */
    private static final long MOUNT_TAG = 1;
    private static final int TAG_AT = 2;
    private static final int LONGEST_TAG = 1024;
    private static final int QUEUE_LIMIT = 16;
    private static final int BUFFERS = 2;
    /** Interrupts can get lost on some hypervisors: looks this often, and reminds the device. */
    private static final long PATIENCE_NANOS = 20_000_000;
    private static final long SILENCE_NANOS = 30_000_000_000L;

    private final VirtioDevice device;
    private final DeviceHost host;
    private final String name;
    private final Consumer<String> log;
    private final SplitQueue queue;
    private final DmaMemory question;
    private final DmaMemory answer;
    private final String tag;
    private final long[] addresses;
    private final int[] lengths;
    private final ReentrantLock lock = new ReentrantLock();

    private FolderCard(VirtioDevice device, DeviceHost host, String name, Consumer<String> log, SplitQueue queue, DmaMemory question, DmaMemory answer,
            String tag) {
        this.device = device;
        this.host = host;
        this.name = name;
        this.log = log;
        this.queue = queue;
        this.question = question;
        this.answer = answer;
        this.tag = tag;
        addresses = new long[] {question.busAddress(0), answer.busAddress(0)};
        lengths = new int[] {0, USUAL_MAXIMUM};
    }

    /**
     * Brings a device up.
     *
     * @param name what the log calls it
     * @param log  takes a line when the device cannot be used, when it is stopped, and when it does not answer; from any thread
     * @return null if the device cannot be used
     */
    public static FolderCard start(Transport transport, DeviceHost host, String name, Consumer<String> log) {
        VirtioDevice device = new VirtioDevice(transport, host, name, log);
        if (!device.begin(offered -> offered & (MOUNT_TAG | VirtioDevice.EVENT_INDEX | VirtioDevice.INDIRECT))) {
            return null;
        }
        String tag = device.has(MOUNT_TAG) ? tag(device) : "";
        if (tag.isEmpty()) {
            device.stop("does not say what its folder is called");
            return null;
        }
        SplitQueue queue = device.queue(0, QUEUE_LIMIT, BUFFERS);
        if (queue == null) {
            return null;
        }
        if (queue.size() < BUFFERS) {
            device.stop("cannot be used: its queue is too short for a message and its answer");
            return null;
        }
        DmaMemory question = device.memory(USUAL_MAXIMUM);
        DmaMemory answer = question == null ? null : device.memory(USUAL_MAXIMUM);
        if (answer == null) {
            return null;
        }
        device.ready();
        return new FolderCard(device, host, name, log, queue, question, answer, tag);
    }

    /** Empty if there is none, or one that cannot be one. */
    private static String tag(VirtioDevice device) {
        byte[][] read = {new byte[0]};
        device.configuration(transport -> {
            int length = transport.configuration16(0);
            boolean fits = length <= LONGEST_TAG && length <= transport.configurationSize() - TAG_AT;
            byte[] bytes = new byte[fits ? length : 0];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) transport.configuration8(TAG_AT + i);
            }
            read[0] = bytes;
            return length;
        });
        return new String(read[0], StandardCharsets.UTF_8);
    }

    /** What the host calls the folder; not empty. */
    public String tag() {
        return tag;
    }

    /** True once it is stopped for good; the log said why. */
    public boolean isStopped() {
        return device.isStopped();
    }

    @Override
    public int maximum() {
        return USUAL_MAXIMUM;
    }

    @Override
    public int exchange(byte[] message, int length, byte[] to) throws ErrnoException {
        lock.lock();
        try {
            requireWorking();
            question.put(0, message, 0, length);
            lengths[0] = length;
            queue.add(addresses, lengths, BUFFERS, 1);
            if (queue.publish()) {
                device.transport().notifyQueue(0);
            }
            await();
            int answered = queue.length();
            answer.get(0, to, 0, answered);
            return answered;
        } finally {
            lock.unlock();
        }
    }

    private void requireWorking() throws ErrnoException {
        if (device.isStopped()) {
            throw Errno.EIO.exception();
        }
    }

    /** Waits until the message has come back. */
    private void await() throws ErrnoException {
        long begin = host.nanoTime();
        boolean told = false;
        while (true) {
            int events = device.transport().acknowledge();
            boolean done = queue.poll() >= 0;
            if ((events & Transport.CONFIGURATION) != 0 && device.needsReset()) {
                device.stop("says that it needs a reset");
            } else if (queue.fault() != null) {
                device.stop(queue.fault());
            }
            requireWorking();
            device.transport().rearm();
            if (done) {
                return;
            }
            if (queue.enableInterrupts(1)) {
                continue;
            }
            long now = host.nanoTime();
            if (!told && now - begin >= SILENCE_NANOS) {
                told = true;
                log.accept(name + " (" + device.transport().place() + ") has not answered for " + SILENCE_NANOS / 1_000_000_000
                    + " seconds; programs wait for it");
            }
            device.interrupt().await(now + PATIENCE_NANOS);
            if (host.nanoTime() - now >= PATIENCE_NANOS) {
                device.transport().notifyQueue(0);
            }
        }
    }
}
