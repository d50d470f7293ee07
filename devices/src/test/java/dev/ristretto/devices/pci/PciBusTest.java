package dev.ristretto.devices.pci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.devices.model.ModelHost;
import dev.ristretto.devices.model.ModelPci;
import dev.ristretto.devices.model.VirtioModel;
import dev.ristretto.devices.virtio.PciTransport;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PciBusTest {
    private final ModelHost host = new ModelHost();
    private final ModelPci pci = new ModelPci(host);

    private ModelPci.Function plug(int place) {
        return pci.plug(place, new VirtioModel(host, 1, 0, 2, 12), 2);
    }

    @Test
    void findsFunctionsBehindBridgesAndInDevicesWithMany() {
        plug(0).space[3] = 0x80_0000;
        plug(3);
        ModelPci.Function bridge = plug(1 << 3);
        bridge.space[3] = 0x01_0000;
        bridge.space[6] = 0x01_01_00;
        plug(1 << 8 | 4 << 3).space[3] = 0x01_0000; // a bridge back to where we are
        pci.functions.get(1 << 8 | 4 << 3).space[6] = 0x01_01_00;
        assertEquals("[pci 00:00.0, pci 00:00.3, pci 00:01.0, pci 01:04.0]", new PciBus(pci).functions().toString());
    }

    @Test
    void addressesThatFirmwareLeftOutAreGivenWithoutOverlap() {
        plug(1 << 3);
        plug(2 << 3).place(0xE000_0000L, 0xE100_0000L);
        PciBus bus = new PciBus(pci);
        long address = 0;
        for (PciFunction function : bus.functions()) {
            assertEquals(0x4000, function.registers(4, host).size());
            assertEquals(0x1000, function.registers(1, host).size());
            assertNull(function.registers(0, host));
            assertNull(function.registers(6, host));
            address = function.read32(0x20) & -16L;
        }
        assertEquals(0xE000_0000, (int) address);
        int given = bus.functions().getFirst().read32(0x20) & -16;
        assertTrue(given >= 0xE200_0000 && (given & 0x3FFF) == 0, Integer.toHexString(given));
        assertEquals(0, bus.place(1L << 36));
    }

    /** Capabilities in rings, out of bounds, of any content: something is found or nothing, and nothing is thrown. */
    @Property(tries = 500)
    void nonsenseInAConfigurationSpaceIsSurvived(@ForAll Random random) {
        ModelPci.Function function = plug(1 << 3).place(0x38_0000_0000L, 0xFEBF_0000L);
        for (int i = random.nextInt(20); i >= 0; i--) {
            function.space[0x34 / 4 + random.nextInt(0x30)] ^= 1 << random.nextInt(32);
        }
        PciFunction found = new PciBus(pci).functions().getFirst();
        PciTransport.of(found, host);
        MessageInterrupts.of(found, host);
        int hops = 0;
        for (int at = found.capability(9, 0); at != 0 && hops < 100; at = found.capability(9, at)) {
            hops++;
        }
        assertTrue(hops < 100);
    }
}
