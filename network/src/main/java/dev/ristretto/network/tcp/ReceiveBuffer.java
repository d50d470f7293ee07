package dev.ristretto.network.tcp;

import dev.ristretto.network.device.Packet;
import java.nio.ByteBuffer;

/**
 * What the peer has sent and the program has not read yet, together with what came too early, each byte at its final place. The head is
 * the next byte that the program reads; the first gap is where the connection's {@code RCV.NXT} stands.
 * <p>
 * First come packets, as the card has filled them; behind them blocks, into which bytes are copied: those that came early, those that came
 * when packets were short, and all that follow until the program has read what is in blocks.
 */
final class ReceiveBuffer {
    private final BlockPool pool;
    private final KeptPackets packets;
    private final BlockQueue blocks;
    private final EarlyRanges early = new EarlyRanges();
    /** Bytes in both, up to the first gap. */
    private int available;
    private int limit;

    /** @param limit bytes at most, those in gaps included */
    ReceiveBuffer(BlockPool pool, int limit) {
        this.pool = pool;
        packets = new KeptPackets(pool);
        blocks = new BlockQueue(pool, false);
        this.limit = limit;
    }

    /** Bytes that can be read now. */
    int available() {
        return available;
    }

    /** Bytes beyond the first gap that the buffer takes. */
    int room() {
        return Math.max(limit - available, 0);
    }

    int limit() {
        return limit;
    }

    void limit(int bytes) {
        limit = bytes;
    }

    EarlyRanges early() {
        return early;
    }

    private int inBlocks() {
        return available - packets.bytes();
    }

    /**
     * Stores bytes of a segment.
     *
     * @param next the connection's {@code RCV.NXT}
     * @param sequence number of the first byte, not before {@code next}, and all within {@link #room}
     * @param packet the segment's; if it is kept, it has another owner, and nothing but these bytes as its content
     * @param offset where in the packet's buffer the first byte is
     * @return by how much {@code RCV.NXT} moves on: 0 if the bytes came early, or if there was no memory for them
     */
    int store(int next, int sequence, Packet packet, int offset, int length) {
        int ahead = sequence - next;
        int inBlocks = inBlocks();
        if (ahead > 0) {
            if (!pool.isNearlyEmpty() && early.canAdd(sequence, sequence + length)) {
                int stored = blocks.put(inBlocks + ahead, packet.buffer(), offset, length);
                if (stored > 0) {
                    early.add(sequence, sequence + stored);
                }
            }
            return 0;
        }
        if (inBlocks == 0 && early.isEmpty() && packets.add(packet, offset, length)) {
            available += length;
            return length;
        }
        int stored = blocks.put(inBlocks, packet.buffer(), offset, length);
        if (stored == 0) {
            return 0;
        }
        int reached = early.isEmpty() ? next + stored : early.takeUpTo(next + stored);
        available += reached - next;
        return reached - next;
    }

    /** Moves bytes to the program, as many as there are and fit. */
    int read(ByteBuffer destination) {
        int length = packets.read(destination);
        int rest = Math.min(available - length, destination.remaining());
        available -= length + rest;
        if (rest > 0) {
            blocks.get(0, destination, destination.position(), rest);
            destination.position(destination.position() + rest);
            blocks.drop(rest, available == 0 && early.isEmpty());
        }
        return length + rest;
    }

    void release() {
        available = 0;
        early.clear();
        packets.release();
        blocks.release();
    }
}
