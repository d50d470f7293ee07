package dev.ristretto.devices.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.devices.model.ModelHost;
import dev.ristretto.devices.model.ModelMmio;
import dev.ristretto.devices.model.ModelPacketMemory;
import dev.ristretto.devices.model.ModelQueue;
import dev.ristretto.devices.model.VirtioModel;
import dev.ristretto.devices.virtio.MmioTransport;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import java.util.ArrayList;
import java.util.List;

/** A network card, the device behind it, and a stack that collects frames: everything in the test's thread. */
final class ModelCard implements DeviceListener {
    static final long ALL = NetworkCard.CHECKSUM | NetworkCard.GUEST_CHECKSUM | NetworkCard.MTU | NetworkCard.MAC | NetworkCard.GUEST_TSO4
        | NetworkCard.GUEST_TSO6 | NetworkCard.HOST_TSO4 | NetworkCard.HOST_TSO6 | NetworkCard.MERGEABLE | NetworkCard.STATUS | 1L << 28 | 1L << 29;
    static final int RECEIVE = 0;
    static final int TRANSMIT = 1;

    final ModelHost host = new ModelHost();
    final VirtioModel model;
    final PacketPool pool;
    final PacketPool large;
    final List<String> log = new ArrayList<>();
    final NetworkCard card;
    final List<byte[]> received = new ArrayList<>();
    final List<Boolean> valid = new ArrayList<>();
    final List<Boolean> links = new ArrayList<>();
    /** Packets that the stack keeps. */
    final List<Packet> kept = new ArrayList<>();
    boolean keeps;
    int readyCount;

    ModelCard(long features) {
        this(features, 64, 8);
    }

    ModelCard(long features, int packets, int largePackets) {
        model = new VirtioModel(host, NetworkCard.TYPE, features, 2, 12);
        byte[] mac = {0x52, 0x54, 0, 1, 2, 3};
        System.arraycopy(mac, 0, model.configuration, 0, 6);
        model.configuration[6] = 1;
        model.configuration[10] = (byte) 1400;
        model.configuration[11] = 1400 >>> 8;
        pool = new PacketPool(new ModelPacketMemory(host), packets, 2048);
        large = largePackets == 0 ? null : new PacketPool(new ModelPacketMemory(host), largePackets, 66_000);
        host.registers.put(0xFEB0_0000L, new ModelMmio(model, 512));
        card = NetworkCard.start(MmioTransport.of(0xFEB0_0000L, 512, 5, host, log::add), host, "eth0", pool, large == null ? null : () -> large,
            new MacAddress(0x0200_0000_0001L), log::add);
        if (card != null) {
            card.attach(this);
        }
    }

    /** The card's thread goes round once; at the end, to its end. */
    void serve() {
        if (card.isStopped()) {
            card.serve();
        } else {
            card.serveOnce(false);
        }
    }

    /** The device receives a frame, with a header before it, and puts it into as many buffers as it needs. */
    void arrive(int flags, byte[] frame) {
        byte[] all = new byte[12 + frame.length];
        all[0] = (byte) flags;
        System.arraycopy(frame, 0, all, 12, frame.length);
        ModelQueue queue = model.queues[RECEIVE];
        List<ModelQueue.Chain> chains = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        int at = 0;
        while (at < all.length) {
            ModelQueue.Chain chain = queue.take();
            assertTrue(chain != null, "the driver offers no buffer");
            int part = queue.write(chain, all, at);
            chains.add(chain);
            lengths.add(part);
            at += part;
        }
        all[10] = (byte) chains.size();
        queue.write(chains.getFirst(), all, 0);
        for (int i = 0; i < chains.size(); i++) {
            queue.use(chains.get(i).head(), lengths.get(i));
        }
        if (queue.show()) {
            model.raiseQueue.run();
        }
    }

    /** The device sends what it was given; headers included. */
    List<byte[]> send() {
        List<byte[]> frames = new ArrayList<>();
        ModelQueue queue = model.queues[TRANSMIT];
        for (ModelQueue.Chain chain = queue.take(); chain != null; chain = queue.take()) {
            frames.add(queue.read(chain));
            queue.use(chain.head(), 0);
        }
        if (queue.show()) {
            model.raiseQueue.run();
        }
        return frames;
    }

    /** A packet with that content. */
    Packet packet(byte[] frame) {
        Packet packet = pool.acquire(card.headroom() + 8);
        packet.buffer().put(packet.append(frame.length), frame);
        return packet;
    }

    static byte[] frame(int length, int seed) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (i * 7 + seed);
        }
        return frame;
    }

    @Override
    public void received(Packet packet) {
        byte[] frame = new byte[packet.length()];
        packet.buffer().get(packet.start(), frame);
        received.add(frame);
        valid.add(packet.checksumValid());
        if (keeps) {
            kept.add(packet);
        } else {
            packet.release();
        }
    }

    @Override
    public void transmitReady() {
        readyCount++;
    }

    @Override
    public void linkChanged(boolean up) {
        links.add(up);
    }
}
