package dev.ristretto.network.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class EarlyRangesTest {
    private final EarlyRanges ranges = new EarlyRanges();

    /** The same as a set of numbers, and numbers that wrap around. */
    @Property(tries = 300)
    void whatIsAddedIsThere(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int base = random.nextInt(4) == 0 ? -300 : random.nextInt();
        BitSet model = new BitSet();
        int next = 0;
        for (int i = 0; i < 200; i++) {
            int start = next + 1 + random.nextInt(2000);
            int end = start + 1 + random.nextInt(random.nextBoolean() ? 300 : 5);
            boolean isInside = model.nextClearBit(start) >= end;
            assertEquals(isInside, ranges.contains(base + start, base + end));
            if (ranges.canAdd(base + start, base + end)) {
                ranges.add(base + start, base + end);
                model.set(start, end);
            }
            if (random.nextInt(20) == 0) {
                int filled = next + 1 + random.nextInt(300);
                model.set(next, filled);
                next = model.nextClearBit(filled);
                assertEquals(base + next, ranges.takeUpTo(base + filled));
                model.clear(0, next);
            }
            check(model, base);
        }
        ranges.clear();
        assertTrue(ranges.isEmpty());
    }

    private void check(BitSet model, int base) {
        int i = 0;
        for (int start = model.nextSetBit(0); start >= 0; start = model.nextSetBit(model.nextClearBit(start)), i++) {
            assertEquals(base + start, ranges.from(i));
            assertEquals(base + model.nextClearBit(start), ranges.to(i));
        }
        assertEquals(i, ranges.count());
    }

    /** Every other segment of a window is missing: what has arrived is kept. */
    @Test
    void longRangesMayBeMany() {
        for (int i = 1; i < 2000; i += 2) {
            assertTrue(ranges.canAdd(i * 1448, i * 1448 + 1448));
            ranges.add(i * 1448, i * 1448 + 1448);
        }
        assertEquals(1000, ranges.count());
        while (ranges.count() < EarlyRanges.MOST) {
            int i = 2 * ranges.count() + 1;
            ranges.add(i * 1448, i * 1448 + 1448);
        }
        assertFalse(ranges.canAdd(20_000_000, 20_001_448));
        assertTrue(ranges.canAdd(2 * 1448, 3 * 1448), "it closes a gap");
    }

    /** An attacker's single bytes take no memory to speak of. */
    @Test
    void shortRangesAreFew() {
        for (int i = 0; i < EarlyRanges.FEW; i++) {
            assertTrue(ranges.canAdd(2 * i, 2 * i + 1));
            ranges.add(2 * i, 2 * i + 1);
        }
        assertFalse(ranges.canAdd(1000, 1001));
        assertTrue(ranges.canAdd(2 * EarlyRanges.FEW - 1, 2 * EarlyRanges.FEW), "it touches the last");
    }

    @Test
    void theLatestAreReportedFirst() {
        ranges.add(100, 200);
        ranges.add(500, 600);
        ranges.add(300, 400);
        ranges.add(700, 800);
        ranges.add(200, 250);
        Segment segment = new Segment();
        ranges.report(segment, 3);
        assertEquals(3, segment.sackBlocks);
        assertEquals(100, segment.sackFrom[0]);
        assertEquals(250, segment.sackTo[0]);
        assertEquals(700, segment.sackFrom[1]);
        assertEquals(300, segment.sackFrom[2]);
        segment.clear();
        segment.sackBlocks = 1; // A duplicate is reported before them.
        segment.sackFrom[0] = 1;
        ranges.report(segment, 4);
        assertEquals(4, segment.sackBlocks);
        assertEquals(1, segment.sackFrom[0]);
        assertEquals(100, segment.sackFrom[1]);
        assertEquals(300, segment.sackFrom[3]);
    }
}
