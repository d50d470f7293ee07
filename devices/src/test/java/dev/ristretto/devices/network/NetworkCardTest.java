package dev.ristretto.devices.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.ristretto.devices.model.ModelHost;
import dev.ristretto.devices.model.ModelMmio;
import dev.ristretto.devices.model.ModelPacketMemory;
import dev.ristretto.devices.model.ModelQueue;
import dev.ristretto.devices.model.VirtioModel;
import dev.ristretto.devices.virtio.MmioTransport;
import dev.ristretto.network.device.DeviceFeatures;
import dev.ristretto.network.device.GsoType;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkCardTest {
    @Test
    void whatTheDeviceSaysOfItself() {
        ModelCard model = new ModelCard(ModelCard.ALL);
        assertEquals("52:54:00:01:02:03", model.card.macAddress().toString());
        assertEquals(1400, model.card.mtu());
        assertTrue(model.card.linkUp());
        assertEquals(DeviceFeatures.TRANSMIT_CHECKSUM | DeviceFeatures.RECEIVE_CHECKSUM | DeviceFeatures.TSO_V4 | DeviceFeatures.TSO_V6,
            model.card.features());
        assertEquals(32, model.model.queues[ModelCard.RECEIVE].waiting(), "half of the pool");
        assertEquals(List.of(), model.log);
    }

    @Test
    void aDeviceThatCanDoNothingIsFineToo() {
        ModelCard model = new ModelCard(0);
        assertEquals("02:00:00:00:00:01", model.card.macAddress().toString());
        assertEquals(1500, model.card.mtu());
        assertTrue(model.card.linkUp());
        assertEquals(0, model.card.features());
        model.arrive(0, ModelCard.frame(60, 1));
        model.serve();
        assertArrayEquals(ModelCard.frame(60, 1), model.received.getFirst());
    }

    @Test
    void featuresThatNeedOthersAreNotTakenWithoutThem() {
        assertEquals(0, NetworkCard.choose(NetworkCard.HOST_TSO4 | NetworkCard.HOST_TSO6 | NetworkCard.GUEST_TSO4, true));
        assertEquals(NetworkCard.GUEST_CHECKSUM, NetworkCard.choose(NetworkCard.GUEST_CHECKSUM | NetworkCard.GUEST_TSO4, true));
        long all = NetworkCard.choose(ModelCard.ALL, true);
        assertTrue((all & NetworkCard.GUEST_TSO4) != 0);
        assertEquals(0, NetworkCard.choose(ModelCard.ALL, false) & (NetworkCard.GUEST_TSO4 | NetworkCard.GUEST_TSO6));
    }

    @ParameterizedTest
    @ValueSource(longs = {ModelCard.ALL, ModelCard.ALL & ~(1L << 29), NetworkCard.MAC})
    void framesGoBothWays(long features) {
        ModelCard model = new ModelCard(features);
        for (int i = 0; i < 500; i++) {
            byte[] frame = ModelCard.frame(14 + i * 2, i);
            model.arrive(0, frame);
            model.serve();
            assertArrayEquals(frame, model.received.get(i));
            assertTrue(model.card.transmit(model.packet(frame)));
            model.card.flush();
            List<byte[]> sent = model.send();
            assertEquals(1, sent.size());
            assertEquals(12 + frame.length, sent.getFirst().length);
            assertArrayEquals(frame, java.util.Arrays.copyOfRange(sent.getFirst(), 12, 12 + frame.length));
        }
        model.serve();
        assertEquals(32, model.pool.inUse());
        assertEquals(500, model.card.received());
        assertEquals(500, model.card.transmitted());
    }

    @Test
    void checksumsAndSegmentsAreTheDevicesWork() {
        ModelCard model = new ModelCard(ModelCard.ALL);
        Packet packet = model.packet(ModelCard.frame(100, 1));
        packet.needChecksum(packet.start() + 34, 16);
        packet.segment(GsoType.TCP_V6, 1400, 54);
        model.card.transmit(packet);
        model.card.transmit(model.packet(ModelCard.frame(100, 2)));
        model.card.flush();
        List<byte[]> sent = model.send();
        assertArrayEquals(new byte[] {1, 4, 54, 0, 0x78, 5, 34, 0, 16, 0, 0, 0}, java.util.Arrays.copyOf(sent.get(0), 12));
        assertArrayEquals(new byte[12], java.util.Arrays.copyOf(sent.get(1), 12));
        for (int flags = 0; flags < 4; flags++) {
            model.arrive(flags, ModelCard.frame(100, 3));
        }
        model.serve();
        assertEquals(List.of(false, true, true, true), model.valid);
    }

    @Test
    void aFrameInManyBuffersIsPutTogether() {
        ModelCard model = new ModelCard(ModelCard.ALL);
        byte[] frame = ModelCard.frame(50_000, 1);
        model.arrive(1, frame);
        model.arrive(0, ModelCard.frame(60, 2));
        model.serve();
        assertArrayEquals(frame, model.received.get(0));
        assertTrue(model.valid.get(0));
        assertArrayEquals(ModelCard.frame(60, 2), model.received.get(1));
        assertEquals(32, model.model.queues[ModelCard.RECEIVE].waiting());
        assertEquals(0, model.large.inUse());
    }

    @Test
    void withoutLargePacketsItIsDropped() {
        ModelCard model = new ModelCard(ModelCard.ALL, 64, 0);
        model.arrive(0, ModelCard.frame(5_000, 1));
        model.arrive(0, ModelCard.frame(60, 2));
        model.serve();
        assertEquals(1, model.received.size());
        assertEquals(1, model.card.receiveDropped());
        assertEquals(32, model.model.queues[ModelCard.RECEIVE].waiting());
    }

    @Test
    void whenPacketsRunOutFramesAreDroppedAndTheQueueStaysFull() {
        ModelCard model = new ModelCard(ModelCard.ALL);
        model.keeps = true;
        for (int i = 0; i < 100; i++) {
            model.arrive(0, ModelCard.frame(100, i));
            model.serve();
        }
        assertEquals(32, model.received.size());
        assertEquals(68, model.card.receiveDropped());
        assertEquals(64, model.pool.inUse());
        model.kept.forEach(Packet::release);
        model.arrive(0, ModelCard.frame(100, 7));
        model.serve();
        assertEquals(33, model.received.size());
    }

    @Test
    void withoutAListenerFramesAreDropped() {
        ModelCard model = new ModelCard(ModelCard.ALL);
        model.card.attach(null);
        model.arrive(0, ModelCard.frame(100, 1));
        model.serve();
        assertEquals(1, model.card.receiveDropped());
        assertEquals(32, model.pool.inUse());
    }

    @Test
    void aFullQueueTakesNothingUntilThereIsRoom() {
        ModelCard model = new ModelCard(ModelCard.ALL, 600, 0);
        for (int i = 0; i < 256; i++) {
            assertTrue(model.card.transmit(model.packet(ModelCard.frame(60, i))));
        }
        Packet packet = model.packet(ModelCard.frame(60, 1));
        assertFalse(model.card.transmit(packet));
        model.serve();
        assertEquals(0, model.readyCount);
        assertEquals(1, model.model.notified[ModelCard.TRANSMIT], "the device hears of a full queue without a flush");
        assertEquals(256, model.send().size());
        assertTrue(model.host.lines.get(5).takeRaised());
        model.serve();
        assertEquals(1, model.readyCount);
        assertTrue(model.card.transmit(packet));
    }

    @Test
    void theLinkGoesDownAndUp() {
        ModelCard model = new ModelCard(ModelCard.ALL);
        model.model.configure(6, 0);
        model.serve();
        assertFalse(model.card.linkUp());
        int before = model.pool.inUse();
        assertTrue(model.card.transmit(model.packet(ModelCard.frame(60, 1))));
        assertEquals(before, model.pool.inUse());
        assertEquals(1, model.card.transmitDropped());
        model.model.configure(6, 1);
        model.serve();
        model.serve();
        assertTrue(model.card.linkUp());
        assertEquals(List.of(false, true), model.links);
    }

    @Test
    void anInterruptThatGetsLostIsMadeUpFor() {
        ModelCard model = new ModelCard(ModelCard.ALL);
        model.serve();
        model.host.lines.get(5).whileWaiting = () -> {
            ModelQueue queue = model.model.queues[ModelCard.RECEIVE];
            ModelQueue.Chain chain = queue.take();
            queue.write(chain, new byte[72], 0);
            queue.use(chain.head(), 72);
            queue.show();
        };
        assertTrue(model.card.serveOnce(false), "it waited in vain");
        model.card.serveOnce(true);
        assertEquals(1, model.received.size());
        assertTrue(model.model.notified[ModelCard.RECEIVE] > 1);
    }

    @Test
    void packetsWithoutRoomForTheHeaderOrContentAreDropped() {
        ModelCard model = new ModelCard(ModelCard.ALL);
        int before = model.pool.inUse();
        Packet packet = model.pool.acquire(11);
        packet.append(60);
        assertTrue(model.card.transmit(packet));
        assertTrue(model.card.transmit(model.pool.acquire(12)));
        assertEquals(before, model.pool.inUse());
        assertEquals(2, model.card.transmitDropped());
    }

    /** Most networks have no use for large packets, which are memory. */
    @ParameterizedTest
    @CsvSource({"0, 0", "15, 0", "7, 0", "15 7, 1", "15 8, 1", "15 3, 1"})
    void largePacketsAreMadeForDevicesThatSpreadFrames(String bits, int asked) {
        long features = NetworkCard.GUEST_CHECKSUM | 1L << 32;
        for (String bit : bits.split(" ")) {
            features |= 1L << Integer.parseInt(bit);
        }
        ModelHost host = new ModelHost();
        PacketPool pool = new PacketPool(new ModelPacketMemory(host), 4, 2048);
        host.registers.put(0xFEB0_0000L, new ModelMmio(new VirtioModel(host, NetworkCard.TYPE, features, 2, 12), 512));
        MmioTransport transport = MmioTransport.of(0xFEB0_0000L, 512, 5, host, line -> { });
        int[] count = new int[1];
        NetworkCard card = NetworkCard.start(transport, host, "eth0", pool, () -> {
            count[0]++;
            return new PacketPool(new ModelPacketMemory(host), 1, NetworkCard.LARGE_FRAME);
        }, new MacAddress(2), line -> { });
        assertTrue(card.linkUp());
        assertEquals(asked, count[0]);
    }

    @Test
    void withoutMemoryThereIsNoCard() {
        ModelHost host = new ModelHost();
        PacketPool pool = new PacketPool(new ModelPacketMemory(host), 4, 2048);
        PacketPool elsewhere = new PacketPool(ByteBuffer::allocateDirect, 4, 2048);
        host.registers.put(0xFEB0_0000L, new ModelMmio(new VirtioModel(host, NetworkCard.TYPE, ModelCard.ALL, 2, 12), 512));
        MmioTransport transport = MmioTransport.of(0xFEB0_0000L, 512, 5, host, line -> { });
        List<String> log = new ArrayList<>();
        assertNull(NetworkCard.start(transport, host, "eth0", elsewhere, null, new MacAddress(2), log::add));
        host.memoryLeft = 0;
        assertNull(NetworkCard.start(transport, host, "eth0", pool, null, new MacAddress(2), log::add));
        assertEquals(2, log.size());
        assertEquals(0, pool.inUse());
    }

    @Test
    void nothingIsAllocatedForAFrame() {
        ModelCard model = new ModelCard(ModelCard.ALL, 64, 0);
        model.card.attach(new dev.ristretto.network.device.DeviceListener() {
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
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        byte[] frame = ModelCard.frame(1000, 1);
        long allocated = 0;
        for (int round = 0; round < 3000; round++) {
            model.arrive(0, frame);
            long before = threads.getCurrentThreadAllocatedBytes();
            model.card.serveOnce(false);
            Packet packet = model.pool.acquire(20);
            packet.append(1000);
            model.card.transmit(packet);
            model.card.flush();
            allocated += round < 1000 ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
            model.send();
        }
        // what the model of the registers and the clock allocates is nothing either
        assertTrue(allocated < 2000, allocated + " bytes for 2000 frames each way");
    }
}
