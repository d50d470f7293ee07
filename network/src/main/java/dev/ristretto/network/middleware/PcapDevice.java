package dev.ristretto.network.middleware;

import dev.ristretto.network.Clock;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.wire.Checksum;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Writes each frame in the format of pcap files with times in nanoseconds (draft-ietf-opsawg-pcap), link type Ethernet, which Wireshark and tshark read. A checksum that the card
 * would complete is completed in the copy.
 */
public final class PcapDevice extends Middleware {
    private static final int MOST = 262_144;

    private final Clock wallClock;
    private final Consumer<ByteBuffer> sink;
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteBuffer record;

    /**
     * Makes it around a device and writes the file's header.
     *
     * @param wallClock nanoseconds since 1970
     * @param sink takes what is to be written, from position to limit, which is valid during the call only; may be called under the stack's lock
     */
    public PcapDevice(NetworkDevice below, Clock wallClock, Consumer<ByteBuffer> sink) {
        super(below);
        this.wallClock = wallClock;
        this.sink = sink;
        record = ByteBuffer.allocate(16 + MOST);
        record.putInt(0xa1b23c4d).putShort((short) 2).putShort((short) 4).putLong(0).putInt(MOST).putInt(1);
        sink.accept(record.flip());
    }

    private void write(Packet packet) {
        lock.lock();
        try {
            long now = wallClock.nanos();
            int length = Math.min(packet.length(), MOST);
            record.clear();
            record.putInt((int) (now / 1_000_000_000)).putInt((int) (now % 1_000_000_000)).putInt(length).putInt(packet.length());
            record.put(16, packet.buffer(), packet.start(), length);
            record.limit(16 + length);
            int checked = packet.checksumStart() - packet.start();
            if (packet.needsChecksum() && length == packet.length() && checked + packet.checksumOffset() + 2 <= length) {
                int field = 16 + checked + packet.checksumOffset();
                record.putShort(field, (short) Checksum.finish(Checksum.sum(record, 16 + checked, length - checked)));
            }
            sink.accept(record.position(0));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean transmit(Packet packet) {
        // A frame that is refused is written again when it is tried again; once it is taken, it is gone.
        write(packet);
        return passDown(packet);
    }

    @Override
    public void received(Packet packet) {
        write(packet);
        passUp(packet);
    }
}
