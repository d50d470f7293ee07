package dev.ristretto.devices.network;

import dev.ristretto.network.device.GsoType;
import dev.ristretto.network.device.Packet;
import java.nio.ByteBuffer;

/**
 * The header that stands before each frame in a queue (virtio 1.2 §5.1.6, {@code struct virtio_net_hdr}): little-endian in a buffer of the
 * network's order.
 */
final class FrameHeader {
    static final int SIZE = 12;

    private static final int FLAGS = 0;
    private static final int GSO_TYPE = 1;
    private static final int HEADER_LENGTH = 2;
    private static final int GSO_SIZE = 4;
    private static final int CHECKSUM_START = 6;
    private static final int CHECKSUM_OFFSET = 8;
    private static final int BUFFERS = 10;
    private static final int NEEDS_CHECKSUM = 1;
    private static final int DATA_VALID = 2;
    private static final int GSO_TCP_V4 = 1;
    private static final int GSO_TCP_V6 = 4;

    private FrameHeader() {
    }

    /** Writes the header of a packet to be sent into its headroom, right before its start. */
    static void write(Packet packet) {
        ByteBuffer buffer = packet.buffer();
        int at = packet.start() - SIZE;
        boolean segments = packet.gsoSize() != 0;
        buffer.put(at + FLAGS, (byte) (packet.needsChecksum() ? NEEDS_CHECKSUM : 0));
        buffer.put(at + GSO_TYPE, (byte) (!segments ? 0 : packet.gsoType() == GsoType.TCP_V6 ? GSO_TCP_V6 : GSO_TCP_V4));
        put16(buffer, at + HEADER_LENGTH, segments ? packet.gsoHeaderLength() : 0);
        put16(buffer, at + GSO_SIZE, packet.gsoSize());
        put16(buffer, at + CHECKSUM_START, packet.needsChecksum() ? packet.checksumStart() - packet.start() : 0);
        put16(buffer, at + CHECKSUM_OFFSET, packet.needsChecksum() ? packet.checksumOffset() : 0);
        put16(buffer, at + BUFFERS, 0);
    }

    private static void put16(ByteBuffer buffer, int at, int value) {
        buffer.putShort(at, Short.reverseBytes((short) value));
    }

    /** In a received header at the beginning of {@code buffer}: the device vouches for the checksum, or the frame never left the host. */
    static boolean checksumValid(ByteBuffer buffer) {
        return (buffer.get(FLAGS) & (NEEDS_CHECKSUM | DATA_VALID)) != 0;
    }

    /** In a received header: number of buffers that the frame is spread over; at least 1. */
    static int buffers(ByteBuffer buffer) {
        return Math.max(1, Short.reverseBytes(buffer.getShort(BUFFERS)) & 0xFFFF);
    }
}
