package dev.ristretto.jdk.disk;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.cowfs.CowfsOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskMemoryTest {
    private static final long MIB = 1 << 20;

    @Test
    void growsWithTheHeap() {
        assertEquals(new DiskMemory(150 * MIB, 25 * MIB, 4 << 20), DiskMemory.of(400 * MIB, 1)); // a machine of 1 GiB
        assertEquals(new DiskMemory(24 * 1024 * MIB, 32 * MIB, 4 << 20), DiskMemory.of(64L << 30, 1));
    }

    @Test
    void disksShareIt() {
        assertEquals(new DiskMemory(48 * MIB, 8 * MIB, 2 << 20), DiskMemory.of(384 * MIB, 3));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1000, MIB, 3 * MIB, 10 * MIB, 100 * MIB, Long.MAX_VALUE})
    void isAlwaysEnoughAndLeavesMostOfTheHeap(long heap) {
        for (int disks = 1; disks < 27; disks++) {
            DiskMemory memory = DiskMemory.of(heap, disks);
            assertDoesNotThrow(() -> CowfsOptions.defaults(() -> 0).withMemory(memory.cacheBytes(), memory.dirtyBytes()));
            assertTrue(heap / disks < 2 * MIB || disks * (memory.cacheBytes() / 8 + memory.dirtyBytes()) <= heap / 5, "what stays: " + memory);
        }
    }
}
