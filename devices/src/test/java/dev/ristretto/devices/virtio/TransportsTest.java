package dev.ristretto.devices.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.devices.model.ModelHost;
import dev.ristretto.devices.model.ModelMmio;
import dev.ristretto.devices.model.ModelPci;
import dev.ristretto.devices.model.VirtioModel;
import dev.ristretto.devices.pci.PciBus;
import dev.ristretto.devices.pci.PciFunction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportsTest {
    /** The ways to a device. */
    enum Way { MMIO, PCI, PCI_ONE_MESSAGE, PCI_LINE, PCI_WITHOUT_FIRMWARE }

    private final ModelHost host = new ModelHost();
    private final VirtioModel model = new VirtioModel(host, 1, VirtioDevice.EVENT_INDEX | 1L << 5, 2, 12);
    private final List<String> log = new ArrayList<>();

    private Transport transport(Way way) {
        if (way == Way.MMIO) {
            host.registers.put(0xFEB0_0000L, new ModelMmio(model, 512));
            return MmioTransport.of(0xFEB0_0000L, 512, 5, host, log::add);
        }
        ModelPci pci = new ModelPci(host);
        ModelPci.Function function = pci.plug(2 << 3, model, way == Way.PCI_LINE ? 0 : way == Way.PCI_ONE_MESSAGE ? 1 : 2);
        if (way != Way.PCI_WITHOUT_FIRMWARE) {
            function.place(0x38_0000_0000L, 0xFEBF_0000L);
        }
        PciFunction found = new PciBus(pci).functions().getFirst();
        assertTrue(PciTransport.isVirtio(found));
        return PciTransport.of(found, host);
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceIsBroughtUpAndItsInterruptsArrive(Way way) {
        Transport transport = transport(way);
        assertEquals(1, transport.type());
        VirtioDevice device = new VirtioDevice(transport, host, "card", log::add);
        assertTrue(device.begin(offered -> offered & VirtioDevice.EVENT_INDEX));
        SplitQueue queue = device.queue(1, 64, 0);
        assertNotNull(device.queue(0, 64, 0));
        device.ready();
        assertEquals(VirtioDevice.EVENT_INDEX | VirtioDevice.VERSION_1, model.accepted);
        assertEquals(15, model.status);
        assertEquals(64, model.queues[1].size);
        assertEquals(queue.descriptorsAddress(), model.queues[1].descriptors);
        assertEquals(queue.deviceAddress(), model.queues[1].deviceArea);
        int head = queue.add(host.allocate(100).busAddress(0), 100, true);
        assertTrue(queue.publish());
        transport.notifyQueue(1);
        assertEquals(1, model.notified[1]);
        transport.acknowledge();

        model.complete(1, model.queues[1].take().head(), 7);
        assertTrue(device.interrupt().takeRaised());
        assertEquals(Transport.QUEUES, transport.acknowledge() & (way == Way.PCI_ONE_MESSAGE ? Transport.QUEUES : -1));
        transport.rearm();
        assertEquals(head, queue.poll());
        assertEquals(7, queue.length());

        model.configure(0, 1, 2, 3, 4);
        assertEquals(Transport.CONFIGURATION, transport.acknowledge() & Transport.CONFIGURATION);
        transport.rearm();
        assertEquals(0x0403_0201, device.configuration(t -> t.configuration32(0)));
        assertEquals(0x0201, device.configuration(t -> t.configuration16(0)));
        assertEquals(0, transport.configuration32(9_999));
        if (way == Way.PCI_LINE) {
            assertTrue(host.lines.get(11).level);
            assertTrue(host.lines.get(11).rearmedCount > 0);
        }
        assertEquals(List.of(), log);

        device.stop("was unplugged");
        assertTrue(device.isQuiet());
        device.stop("again");
        assertEquals(1, log.size());
        assertTrue(log.getFirst().contains("card (" + transport.place() + ") was unplugged"), log.getFirst());
    }

    @ParameterizedTest
    @EnumSource(names = {"MMIO", "PCI"})
    void aDeviceThatDoesNotKeepToTheBeginningIsLeftAlone(Way way) {
        model.refusesFeatures = true;
        assertFalse(new VirtioDevice(transport(way), host, "card", log::add).begin(offered -> 0));
        assertTrue(log.getFirst().contains("does not accept the features"), log.getFirst());
        model.refusesFeatures = false;
        model.neverResets = true;
        model.status = 4;
        assertFalse(new VirtioDevice(transport(way), host, "card", log::add).begin(offered -> 0));
        assertTrue(log.getLast().contains("does not reset"), log.getLast());
    }

    @Test
    void withoutInterruptsOrMemoryItIsNotUsed() {
        host.interruptsLeft = 0;
        assertFalse(new VirtioDevice(transport(Way.MMIO), host, "card", log::add).begin(offered -> 0));
        host.interruptsLeft = 1;
        host.memoryLeft = 0;
        VirtioDevice device = new VirtioDevice(transport(Way.MMIO), host, "card", log::add);
        assertTrue(device.begin(offered -> 0));
        assertNull(device.queue(0, 64, 0));
        assertTrue(device.isStopped());
        assertEquals(2, log.size());
    }

    @Test
    void configurationThatChangesAllTheTimeIsNotReadForEver() {
        model.changesAllTheTime = true;
        model.configuration[0] = 5;
        assertEquals(5, new VirtioDevice(transport(Way.MMIO), host, "card", log::add).configuration(t -> t.configuration8(0)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, -1, 32768, 65535})
    void anySizeOfQueueIsTakenOrRefused(int size) {
        model.maxQueueSize = size;
        VirtioDevice device = new VirtioDevice(transport(Way.PCI), host, "card", log::add);
        assertTrue(device.begin(offered -> 0));
        SplitQueue queue = device.queue(0, 256, 0);
        int wanted = Integer.highestOneBit(Math.min(256, size & 0xFFFF));
        assertEquals(wanted, queue == null ? 0 : queue.size());
    }

    @Test
    void registersThatAreNoneAreSaidSo() {
        ModelMmio mmio = new ModelMmio(model, 512);
        host.registers.put(0xFEB0_0000L, mmio);
        mmio.version = 1;
        assertNull(MmioTransport.of(0xFEB0_0000L, 512, 5, host, log::add));
        assertTrue(log.getLast().contains("force-legacy"), log.getLast());
        mmio.magic = 7;
        assertNull(MmioTransport.of(0xFEB0_0000L, 512, 5, host, log::add));
        assertNull(MmioTransport.of(0xFEC0_0000L, 512, 5, host, log::add));
        assertNull(MmioTransport.of(0xFEB0_0000L, 16, 5, host, log::add));
        assertEquals(4, log.size());
    }
}
