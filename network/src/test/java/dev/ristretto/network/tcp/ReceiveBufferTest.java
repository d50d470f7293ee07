package dev.ristretto.network.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.UsedMemory;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits to be read: in packets while there are enough, in blocks else, and every byte in its place either way. */
class ReceiveBufferTest {
    private static final int HEADERS = 66;
    private static final int FULL = 1448;

    private final BlockPool blocks = new BlockPool(64, ByteBuffer::allocate);
    private final PacketPool packets = new PacketPool(UsedMemory::allocate, 32, 2048);
    private final PacketPool large = new PacketPool(UsedMemory::allocate, 8, 66_000);
    private final ReceiveBuffer buffer = new ReceiveBuffer(blocks, 1 << 20);
    private int next;

    private static byte at(int index) {
        return (byte) (index * 31 + (index >> 8) * 7);
    }

    /** A segment arrives, as TCP gets it: whoever brings it gives it up afterwards. */
    private int arrive(PacketPool pool, int sequence, int length) {
        Packet packet = pool.acquire(HEADERS);
        int offset = packet.append(length);
        for (int i = 0; i < length; i++) {
            packet.buffer().put(offset + i, at(sequence + i));
        }
        packet.push(HEADERS);
        int moved = buffer.store(next, sequence, packet, offset, length);
        next += moved;
        packet.release();
        return moved;
    }

    private void read(int from, int length) {
        ByteBuffer target = ByteBuffer.allocate(length + 2).position(1).limit(length + 1);
        assertEquals(length, buffer.read(target));
        assertEquals(length + 1, target.position());
        for (int i = 0; i < length; i++) {
            assertEquals(at(from + i), target.get(i + 1), "byte " + (from + i));
        }
    }

    private void assertEmpty() {
        assertEquals(0, buffer.available());
        assertEquals(0, buffer.read(ByteBuffer.allocate(1)));
        assertEquals(0, blocks.bytesInUse());
        assertEquals(0, packets.inUse() + large.inUse());
    }

    @Test
    void segmentsInOrderStayWhereTheyAre() {
        for (int i = 0; i < 4; i++) {
            assertEquals(FULL, arrive(packets, next, FULL));
        }
        assertEquals(4, packets.inUse());
        assertEquals(4 * 2048, blocks.bytesInUse(), "all of what packets take counts, and there is no block");
        read(0, 2000);
        assertEquals(3, packets.inUse());
        read(2000, 4 * FULL - 2000);
        assertEmpty();
    }

    @Test
    void smallSegmentsShareAPacket() {
        for (int i = 0; i < 200; i++) {
            assertEquals(10, arrive(packets, next, 10));
        }
        assertEquals(2, packets.inUse());
        read(0, 2000);
        assertEmpty();
    }

    @Test
    void aFewBytesHoldNoLargePacket() {
        arrive(large, next, 3000);
        assertEquals(0, large.inUse());
        assertEquals(BlockPool.BLOCK, blocks.bytesInUse());
        read(0, 3000);
        arrive(large, next, 60_000);
        assertEquals(1, large.inUse());
        arrive(large, next, 3000);
        assertEquals(1, large.inUse());
        read(3000, 63_000);
        assertEmpty();
    }

    @Test
    void aSlowReaderHoldsNoMoreThanHalfOfThePackets() {
        int segments = 40;
        for (int i = 0; i < segments; i++) {
            assertEquals(FULL, arrive(packets, next, FULL));
        }
        assertEquals(17, packets.inUse());
        read(0, (segments - 1) * FULL);
        arrive(packets, next, FULL);
        assertEquals(0, packets.inUse(), "what comes after bytes in blocks goes there as well");
        read((segments - 1) * FULL, 2 * FULL);
        assertEmpty();
        arrive(packets, next, FULL);
        assertEquals(1, packets.inUse());
    }

    /** Those that a card always has, to receive into, are not what readers hold. */
    @Test
    void packetsOfTheCardDoNotCount() {
        assertEquals(16, packets.reserveHalf(100));
        Packet[] posted = new Packet[16];
        for (int i = 0; i < posted.length; i++) {
            posted[i] = packets.acquire(0);
        }
        for (int i = 0; i < 12; i++) {
            arrive(packets, next, FULL);
        }
        assertEquals(16 + 9, packets.inUse());
        assertEquals(8, packets.reserveHalf(100), "another card leaves as many to those that have come");
        assertEquals(3, packets.reserveHalf(3));
        packets.unreserve(16 + 8 + 3);
        buffer.release();
        for (Packet packet : posted) {
            packet.release();
        }
        assertEmpty();
    }

    @Test
    void whatSomebodyElseHoldsIsNotWrittenTo() {
        Packet packet = packets.acquire(HEADERS);
        int offset = packet.append(100);
        packet.buffer().put(offset, at(0));
        assertEquals(1, buffer.store(next, next, packet, offset, 1));
        next++;
        assertEquals(1, arrive(packets, next, 1));
        assertEquals(2, packets.inUse());
        packet.release();
        read(0, 2);
        assertEmpty();
    }

    /** Any order of arrival, any sizes, and readers of any pace. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyByteHasItsPlace(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int read = 0;
        int inPackets = 0;
        for (int i = 0; i < 20_000; i++) {
            boolean isBulk = random.nextInt(3) > 0;
            PacketPool pool = random.nextInt(8) == 0 ? large : packets;
            int length = isBulk ? FULL : 1 + random.nextInt(pool == large ? 40_000 : FULL);
            int ahead = random.nextInt(10) == 0 ? random.nextInt(4 * FULL) : 0;
            if (buffer.available() + ahead + length < 200_000) {
                arrive(pool, next + ahead, length);
            }
            inPackets = Math.max(inPackets, packets.inUse() + large.inUse());
            assertTrue(packets.inUse() <= 17 && large.inUse() <= 5, "half of the packets");
            assertEquals(next - read, buffer.available());
            int wanted = random.nextInt(4) > 0 ? Math.min(random.nextInt(6000), buffer.available()) : random.nextInt(16) == 0 ? buffer.available() : 0;
            read(read, wanted);
            read += wanted;
        }
        assertTrue(inPackets > 10 && read > 1_000_000, "it was tried");
        buffer.release();
        assertEmpty();
        assertEquals(0, buffer.early().count());
    }
}
