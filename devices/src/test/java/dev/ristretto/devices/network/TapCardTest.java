package dev.ristretto.devices.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.ristretto.devices.host.FramePort;
import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.devices.model.ModelHost;
import dev.ristretto.devices.model.ModelPacketMemory;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.GsoType;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TapCardTest {
    /** A TAP device as a card sees it. */
    private final class Port implements FramePort {
        private final ByteBuffer input = ByteBuffer.allocateDirect(TapCard.INPUT_BYTES);
        final ArrayDeque<byte[]> arriving = new ArrayDeque<>();
        final List<byte[]> sent = new ArrayList<>();
        /** In place of taking a frame, or 1. */
        int answer = 1;
        boolean gone;
        boolean keeps = true;
        int woken;

        @Override
        public ByteBuffer input() {
            return input;
        }

        @Override
        public int read() {
            byte[] frame = arriving.poll();
            if (frame == null) {
                return gone ? GONE : NOTHING;
            }
            input.put(0, frame);
            return frame.length;
        }

        @Override
        public int write(long deviceAddress, int length) {
            if (answer != 1) {
                return answer;
            }
            if (keeps) {
                DmaMemory block = host.block(deviceAddress, length);
                byte[] frame = new byte[length];
                block.get((int) (deviceAddress - block.busAddress(0)), frame, 0, length);
                sent.add(frame);
            }
            return length;
        }

        @Override
        public void wake() {
            woken++;
        }
    }

    private final class Listener implements DeviceListener {
        int ready;
        Boolean link;
        boolean releases = true;

        @Override
        public void received(Packet packet) {
            byte[] frame = new byte[packet.length()];
            packet.buffer().get(packet.start(), frame);
            frames.add(frame);
            valid.add(packet.checksumValid());
            if (releases) {
                packet.release();
            }
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

    private final ModelHost host = new ModelHost();
    private final List<byte[]> frames = new ArrayList<>();
    private final List<Boolean> valid = new ArrayList<>();
    private final Port port = new Port();
    private final ModelPacketMemory memory = new ModelPacketMemory(host);
    private final PacketPool small = new PacketPool(memory, 8, 2048);
    private final PacketPool large = new PacketPool(memory, 2, TapCard.LARGEST_FRAME);
    private final List<String> log = new ArrayList<>();
    private final Listener listener = new Listener();
    private final TapCard card = new TapCard(port, "eth0", 1500, small, large, new MacAddress(0x5254_0000_0001L), log::add);

    TapCardTest() {
        card.attach(listener);
    }

    private void arrive(int flags, byte[] frame) {
        byte[] whole = new byte[12 + frame.length];
        whole[0] = (byte) flags;
        System.arraycopy(frame, 0, whole, 12, frame.length);
        port.arriving.add(whole);
    }

    private Packet packet(byte[] frame) {
        Packet packet = small.acquire(card.headroom());
        packet.buffer().put(packet.append(frame.length), frame);
        return packet;
    }

    @Test
    void framesOfAllSizesArrive() {
        int[] lengths = {14, 60, 1514, 2048, 2049, TapCard.LARGEST_FRAME};
        for (int length : lengths) {
            arrive(0, ModelCard.frame(length, length));
            assertTrue(card.serve());
            assertArrayEquals(ModelCard.frame(length, length), frames.getLast());
        }
        assertEquals(lengths.length, card.received());
        assertEquals(0, small.inUse() + large.inUse());
    }

    @Test
    void manyAtOnceArriveInOrderThoughFewPacketsAreThere() {
        for (int i = 0; i < 300; i++) {
            arrive(0, ModelCard.frame(100, i));
        }
        card.serve();
        for (int i = 0; i < 300; i++) {
            assertArrayEquals(ModelCard.frame(100, i), frames.get(i));
        }
        assertEquals(0, card.receiveDropped());
    }

    @Test
    void openChecksumsAreTakenAsGood() {
        for (int flags = 0; flags < 4; flags++) {
            arrive(flags, ModelCard.frame(100, 3));
        }
        card.serve();
        assertEquals(List.of(false, true, true, true), valid);
    }

    @Test
    void whatIsNoFrameIsDropped() {
        for (int length : new int[] {1, 11, 12, 25}) {
            port.arriving.add(new byte[length]);
        }
        card.serve();
        assertEquals(0, frames.size());
        assertEquals(4, card.receiveDropped());
    }

    @Test
    void withoutPacketsOrListenerFramesAreDropped() {
        listener.releases = false;
        for (int i = 0; i < 10; i++) {
            arrive(0, ModelCard.frame(100, i));
            arrive(0, ModelCard.frame(5000, i));
        }
        card.serve();
        assertEquals(10, frames.size(), "8 and 2 packets there are");
        assertEquals(10, card.receiveDropped());
        card.attach(null);
        arrive(0, ModelCard.frame(100, 1));
        assertTrue(card.serve());
        assertEquals(11, card.receiveDropped());
    }

    @Test
    void framesLeaveWhereTheyLieBehindAHeader() {
        Packet packet = packet(ModelCard.frame(100, 1));
        packet.needChecksum(packet.start() + 34, 16);
        packet.segment(GsoType.TCP_V4, 1400, 54);
        assertTrue(card.transmit(packet));
        assertTrue(card.transmit(packet(ModelCard.frame(60, 2))));
        assertArrayEquals(new byte[] {1, 1, 54, 0, 0x78, 5, 34, 0, 16, 0, 0, 0}, Arrays.copyOf(port.sent.get(0), 12));
        assertArrayEquals(ModelCard.frame(100, 1), Arrays.copyOfRange(port.sent.get(0), 12, 112));
        assertArrayEquals(new byte[12], Arrays.copyOf(port.sent.get(1), 12));
        assertEquals(2, card.transmitted());
        assertEquals(0, small.inUse());
    }

    @Test
    void aFullDeviceHoldsTheSenderUp() {
        port.answer = FramePort.NOTHING;
        Packet first = packet(ModelCard.frame(60, 1));
        assertFalse(card.transmit(first));
        assertEquals(1, port.woken);
        assertTrue(card.waitsForOutput());
        port.answer = 1;
        assertFalse(card.transmit(first), "until the thread has looked, so that frames keep their order");
        card.serve();
        assertEquals(1, listener.ready);
        assertFalse(card.waitsForOutput());
        assertTrue(card.transmit(first));
        assertEquals(1, port.sent.size());
        card.serve();
        assertEquals(1, listener.ready);
    }

    @Test
    void aDeviceThatIsDownLosesFramesAndIsSpokenOfOnce() {
        port.answer = FramePort.REFUSED;
        for (int i = 0; i < 5; i++) {
            assertTrue(card.transmit(packet(ModelCard.frame(60, i))));
            assertTrue(card.serve());
        }
        assertEquals(List.of("eth0: the TAP device takes no frames; is it down? (ip link set NAME up)"), log);
        assertEquals(1, port.woken);
        assertEquals(5, card.transmitDropped());
        assertTrue(card.linkUp());
        port.answer = 1;
        assertTrue(card.transmit(packet(ModelCard.frame(60, 1))));
        card.serve();
        assertEquals("eth0: the TAP device takes frames again", log.getLast());
        assertEquals(1, card.transmitted());
        assertEquals(0, small.inUse());
    }

    @Test
    void aDeviceThatIsDeletedIsALinkThatIsDown() {
        port.gone = true;
        arrive(0, ModelCard.frame(60, 1));
        assertFalse(card.serve());
        assertEquals(1, frames.size());
        assertEquals(List.of("eth0: the TAP device is gone; the link stays down"), log);
        assertEquals(false, listener.link);
        assertFalse(card.linkUp());
        assertTrue(card.transmit(packet(ModelCard.frame(60, 1))));
        assertEquals(1, card.transmitDropped());
        assertEquals(0, small.inUse());
    }

    @Test
    void whoSendsFindsOutTooThatItIsDeleted() {
        port.answer = FramePort.GONE;
        assertTrue(card.transmit(packet(ModelCard.frame(60, 1))));
        assertEquals(1, port.woken);
        assertFalse(card.serve());
        assertEquals(false, listener.link);
        assertEquals(0, small.inUse());
    }

    @Test
    void aListenerThatFailsDoesNotStopTheCard() {
        card.attach(new DeviceListener() {
            @Override
            public void received(Packet packet) {
                packet.release();
                throw new IllegalStateException("on purpose");
            }

            @Override
            public void transmitReady() {
            }

            @Override
            public void linkChanged(boolean up) {
            }
        });
        arrive(0, ModelCard.frame(60, 1));
        assertTrue(card.serve());
        assertEquals(1, log.size());
        card.attach(listener);
        arrive(0, ModelCard.frame(60, 2));
        assertTrue(card.serve());
        assertEquals(1, frames.size());
    }

    @Test
    void itsMtuIsWhatAllCanDo() {
        assertEquals(1280, new TapCard(port, "eth0", 576, small, large, new MacAddress(2), log::add).mtu());
        assertEquals(9000, new TapCard(port, "eth0", 9000, small, large, new MacAddress(2), log::add).mtu());
        assertEquals(65_535, new TapCard(port, "eth0", 1 << 20, small, large, new MacAddress(2), log::add).mtu());
    }

    @Test
    void nothingIsAllocatedForAFrame() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        port.keeps = false;
        card.attach(new DeviceListener() {
            @Override
            public void received(Packet packet) {
                packet.release();
            }

            @Override
            public void transmitReady() {
            }

            @Override
            public void linkChanged(boolean up) {
            }
        });
        byte[] frame = new byte[12 + 100];
        long allocated = 0;
        for (int round = 0; round < 2; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 20_000; i++) {
                port.arriving.add(frame);
                card.serve();
                Packet packet = small.acquire(12);
                packet.append(100);
                card.transmit(packet);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(allocated < 20_000, allocated + " bytes for 40,000 frames");
    }
}
