package dev.ristretto.jdk.lang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ClockAdjustmentTest {
    @Test
    void countsNanosecondsFromTheOffset() {
        assertEquals(1_500_000_007L, ClockAdjustment.nanos(101, 500_000_007, 100));
        assertEquals(-999_999_999L, ClockAdjustment.nanos(100, 1, 101));
    }

    @Test
    void refusesOffsetsTooFarAway() {
        assertEquals(-1, ClockAdjustment.nanos(0, 0, 1L << 32));
        assertEquals(-1, ClockAdjustment.nanos(1L << 32, 0, 0));
        assertEquals(((1L << 32) - 1) * 1_000_000_000L, ClockAdjustment.nanos((1L << 32) - 1, 0, 0));
    }
}
