package dev.ristretto.jdk.lang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class OnlyProcessTest {
    @Test
    void allProcessesAreOne() {
        long[] ids = new long[3];
        long[] parents = new long[3];
        long[] starts = new long[3];
        assertEquals(1, OnlyProcess.list(0, 1234, ids, parents, starts));
        assertArrayEquals(new long[] {1, 0, 0}, ids);
        assertArrayEquals(new long[] {0, 0, 0}, parents);
        assertArrayEquals(new long[] {1234, 0, 0}, starts);
        assertEquals(1, OnlyProcess.list(0, 1234, new long[0], null, null));
    }

    @Test
    void nobodyHasChildren() {
        assertEquals(0, OnlyProcess.list(OnlyProcess.ID, 1234, new long[3], null, new long[3]));
    }
}
