package dev.ristretto.network.tcp;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketQueue;
import java.nio.ByteBuffer;

/**
 * Bytes that arrived in order and lie where the card has put them: packets whose content is what the program has not read of them. So a byte is
 * copied once on its way in. Packets are few, and most belong to cards: those of slow readers are at most half of a pool
 * ({@link dev.ristretto.network.device.PacketPool#isHalfUsed}), and what packets take is not many times what is in them.
 */
final class KeptPackets {
    private final BlockPool pool;
    private final PacketQueue packets = new PacketQueue();

    /** @param pool counts what the packets take */
    KeptPackets(BlockPool pool) {
        this.pool = pool;
    }

    /** Bytes that can be read. */
    int bytes() {
        return (int) packets.bytes();
    }

    /**
     * Adds bytes at the end: keeps their packet, or copies a few behind those of the last one, so that many small segments do not take a packet each.
     *
     * @param packet which gets another owner if it is kept; its content is the bytes from then on
     * @return whether they were added
     */
    boolean add(Packet packet, int offset, int length) {
        int capacity = packet.capacity();
        if (2 * length < capacity && packets.appendToLast(packet.buffer(), offset, length)) {
            return true;
        }
        boolean isWorthIt = capacity <= BlockPool.BLOCK || 4 * length >= capacity;
        if (!isWorthIt || packet.pool().isHalfUsed()) {
            return false;
        }
        packet.content(offset, offset + length);
        packets.add(packet.retain());
        pool.kept(capacity);
        return true;
    }

    /** Moves bytes to the program, as many as there are and fit. */
    int read(ByteBuffer destination) {
        int position = destination.position();
        int done = 0;
        for (Packet packet = packets.peek(); packet != null && destination.limit() - position > done; packet = packets.peek()) {
            int count = Math.min(destination.limit() - position - done, packet.length());
            destination.put(position + done, packet.buffer(), packet.start(), count);
            done += count;
            packets.pullFirst(count);
            if (packet.length() == 0) {
                giveFirst();
            }
        }
        destination.position(position + done);
        return done;
    }

    private void giveFirst() {
        Packet packet = packets.poll();
        pool.kept(-packet.capacity());
        packet.release();
    }

    void release() {
        while (!packets.isEmpty()) {
            giveFirst();
        }
    }
}
