package dev.ristretto.network.device.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StreamDeviceTest {
    /** A stream that gives and takes as much at a time as it likes. */
    private static final class Pipe implements ByteStream {
        private final ByteBuffer input = ByteBuffer.allocate(StreamDevice.WINDOW);
        private final ByteBuffer output = ByteBuffer.allocate(StreamDevice.WINDOW);
        private final SplittableRandom random;
        final ArrayDeque<Byte> bytes;
        final ArrayDeque<Byte> taken = new ArrayDeque<>();
        boolean gone;
        int capacity = Integer.MAX_VALUE;
        int woken;

        Pipe(long seed, ArrayDeque<Byte> bytes) {
            random = new SplittableRandom(seed);
            this.bytes = bytes;
        }

        @Override
        public ByteBuffer input() {
            return input;
        }

        @Override
        public ByteBuffer output() {
            return output;
        }

        @Override
        public int read(int position, int length) {
            if (gone) {
                return GONE;
            }
            int count = Math.min(Math.min(length, bytes.size()), random.nextInt(100_000));
            for (int i = 0; i < count; i++) {
                input.put(position + i, bytes.poll());
            }
            return count;
        }

        @Override
        public int write(int position, int length) {
            if (gone) {
                return GONE;
            }
            int count = Math.min(Math.min(length, capacity - taken.size()), random.nextInt(100_000));
            for (int i = 0; i < count; i++) {
                taken.add(output.get(position + i));
            }
            return count;
        }

        @Override
        public void wake() {
            woken++;
        }
    }

    private static final class Listener implements DeviceListener {
        final List<byte[]> frames = new ArrayList<>();
        int ready;
        Boolean link;

        @Override
        public void received(Packet packet) {
            byte[] frame = new byte[packet.length()];
            packet.buffer().get(packet.start(), frame);
            frames.add(frame);
            packet.release();
        }

        @Override
        public void transmitReady() {
            ready++;
        }

        @Override
        public void linkChanged(boolean up) {
            link = up;
        }
    }

    private final PacketPool small = new PacketPool(ByteBuffer::allocate, 8, 2048);
    private final PacketPool large = new PacketPool(ByteBuffer::allocate, 3, 65_540);
    private final List<String> log = new ArrayList<>();
    private final Listener listener = new Listener();

    private StreamDevice device(Pipe pipe) {
        StreamDevice device = new StreamDevice(pipe, "eth0", small, large, new MacAddress(0x5254_0000_0001L), log::add);
        device.attach(listener);
        return device;
    }

    private static void put(ArrayDeque<Byte> bytes, int length, byte[] frame) {
        for (byte b : ByteBuffer.allocate(4).putInt(length).array()) {
            bytes.add(b);
        }
        for (byte b : frame) {
            bytes.add(b);
        }
    }

    private static byte[] frame(SplittableRandom random) {
        byte[] frame = new byte[14 + random.nextInt(random.nextInt(10) == 0 ? 65_500 : 1500)];
        random.nextBytes(frame);
        return frame;
    }

    @Property(tries = 40)
    void framesArriveWholeAndInOrder(@ForAll long seed) {
        listener.frames.clear(); // an instance serves all tries
        SplittableRandom random = new SplittableRandom(seed);
        ArrayDeque<Byte> bytes = new ArrayDeque<>();
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            sent.add(frame(random));
            put(bytes, sent.get(i).length, sent.get(i));
        }
        StreamDevice device = device(new Pipe(seed, bytes));
        while (!bytes.isEmpty()) {
            assertTrue(device.serve());
        }
        assertEquals(sent.size(), listener.frames.size());
        for (int i = 0; i < sent.size(); i++) {
            assertArrayEquals(sent.get(i), listener.frames.get(i));
        }
        assertEquals(0, small.inUse() + large.inUse());
        assertEquals(List.of(), log);
    }

    @Property(tries = 40)
    void whatIsSentIsReadAtTheOtherEnd(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Pipe pipe = new Pipe(seed, new ArrayDeque<>());
        pipe.capacity = 100_000;
        StreamDevice device = device(pipe);
        Pipe other = new Pipe(seed + 1, pipe.taken);
        Listener otherListener = new Listener();
        StreamDevice otherDevice = new StreamDevice(other, "eth1", small, large, new MacAddress(0x5254_0000_0002L), log::add);
        otherDevice.attach(otherListener);
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            byte[] frame = frame(random);
            sent.add(frame);
            Packet packet = (frame.length <= 2048 ? small : large).acquire(0);
            packet.buffer().put(packet.append(frame.length), frame);
            for (int tries = 0; !device.transmit(packet); tries++) {
                assertTrue(tries < 1000);
                otherDevice.serve();
                int before = listener.ready;
                device.serve();
                assertTrue(listener.ready > before || device.waitsForOutput(), "a sender that waits is told, or the stream is waited for");
            }
            if (random.nextBoolean()) {
                device.flush();
            }
        }
        for (int tries = 0; otherListener.frames.size() < sent.size(); tries++) {
            assertTrue(tries < 1000);
            device.serve();
            otherDevice.serve();
        }
        for (int i = 0; i < sent.size(); i++) {
            assertArrayEquals(sent.get(i), otherListener.frames.get(i));
        }
        assertFalse(device.waitsForOutput());
        assertEquals(0, small.inUse() + large.inUse());
    }

    @Test
    void aFrameThatNoneHasIsTheLinksEnd() {
        for (int length : new int[] {0, 13, 65_554, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            log.clear();
            ArrayDeque<Byte> bytes = new ArrayDeque<>();
            put(bytes, length, new byte[100]);
            StreamDevice device = device(new Pipe(5, bytes));
            for (int i = 0; i < 10 && device.serve(); i++) {
                continue;
            }
            assertFalse(device.linkUp(), "length " + length);
            assertEquals(List.of("eth0: the network announces a frame of " + (length & 0xffffffffL) + " bytes, which none has; the link stays down"), log);
        }
    }

    @Test
    void anEndThatIsGoneIsToldAndWhatIsSentIsDropped() {
        Pipe pipe = new Pipe(6, new ArrayDeque<>());
        StreamDevice device = device(pipe);
        pipe.gone = true;
        assertFalse(device.serve());
        assertEquals(false, listener.link);
        assertTrue(listener.ready > 0, "who waits to send goes on");
        Packet packet = small.acquire(0);
        packet.append(100);
        assertTrue(device.transmit(packet));
        assertEquals(1, device.transmitDropped());
        assertEquals(0, small.inUse());
        assertEquals(1, log.size());
    }

    @Test
    void whenNobodyGivesPacketsBackFramesAreDroppedAndOthersGoOn() {
        List<Packet> kept = new ArrayList<>();
        ArrayDeque<Byte> bytes = new ArrayDeque<>();
        for (int i = 0; i < 20; i++) {
            put(bytes, 100, new byte[100]);
        }
        StreamDevice device = device(new Pipe(7, bytes));
        device.attach(new DeviceListener() {
            @Override
            public void received(Packet packet) {
                kept.add(packet);
            }

            @Override
            public void transmitReady() {
                // nobody waits
            }

            @Override
            public void linkChanged(boolean up) {
                throw new AssertionError();
            }
        });
        while (!bytes.isEmpty()) {
            device.serve();
        }
        assertEquals(8, kept.size());
        assertEquals(12, device.receiveDropped());
        kept.forEach(Packet::release);
        put(bytes, 100, new byte[100]);
        while (!bytes.isEmpty()) {
            device.serve();
        }
        assertEquals(9, kept.size());
    }
}
