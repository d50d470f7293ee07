package dev.ristretto.storage.tmpfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class PageTreeTest {
    private static final long LAST_INDEX = Long.MAX_VALUE / Tmpfs.PAGE_SIZE;

    private record Step(boolean cut, long index) {
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> indexes = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(0, 200)), Tuple.of(2, Arbitraries.longs().between(0, 300_000)),
                Tuple.of(1, Arbitraries.longs().between(0, LAST_INDEX)),
                Tuple.of(1, Arbitraries.of(0L, 63L, 64L, 4095L, 4096L, LAST_INDEX)));
        Arbitrary<Boolean> cuts = Arbitraries.frequency(Tuple.of(1, true), Tuple.of(6, false));
        return Combinators.combine(cuts, indexes).as(Step::new).list().ofMaxSize(60);
    }

    @Property
    void behavesLikeAMapAndCountsWhatItHas(@ForAll("steps") List<Step> steps) {
        PageTree tree = new PageTree();
        TreeMap<Long, byte[]> model = new TreeMap<>();
        for (Step step : steps) {
            if (step.cut) {
                tree.cut(step.index);
                model.tailMap(step.index, true).clear();
            } else if (!model.containsKey(step.index)) {
                byte[] page = new byte[Tmpfs.PAGE_SIZE];
                long before = tree.bytes();
                long cost = tree.cost(step.index);
                tree.put(step.index, page);
                assertEquals(cost, tree.bytes() - before, "cost of " + step);
                model.put(step.index, page);
            }
            model.forEach((index, page) -> assertSame(page, tree.get(index)));
            for (long index : new long[] {step.index - 1, step.index, step.index + 1}) {
                if (index >= 0) {
                    assertSame(model.get(index), tree.get(index));
                }
            }
        }
        tree.cut(0);
        assertEquals(0, tree.bytes(), "an empty tree is free");
    }

    @Test
    void aSmallFileNeedsOneTable() {
        PageTree tree = new PageTree();
        assertEquals(Tmpfs.PAGE_SIZE + PageTree.TABLE_BYTES, tree.cost(0));
        tree.put(0, new byte[Tmpfs.PAGE_SIZE]);
        assertEquals(Tmpfs.PAGE_SIZE, tree.cost(63));
        assertEquals(Tmpfs.PAGE_SIZE + 2 * PageTree.TABLE_BYTES, tree.cost(64), "one above, one beside");
    }
}
