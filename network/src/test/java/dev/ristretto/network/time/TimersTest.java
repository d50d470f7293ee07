package dev.ristretto.network.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final int TIMERS = 20;


    @Property
    void likeAListThatIsSearched(@ForAll @Size(max = 200) List<@IntRange(max = 5999) Integer> steps) {
        Timers timers = new Timers();
        long[] due = new long[TIMERS];
        java.util.Arrays.fill(due, Timers.NEVER);
        List<Integer> ran = new ArrayList<>();
        Timer[] all = new Timer[TIMERS];
        for (int i = 0; i < TIMERS; i++) {
            int id = i;
            all[i] = new Timer(now -> ran.add(id));
        }
        long now = 0;
        for (int step : steps) {
            int timer = step % TIMERS;
            int value = step / TIMERS % 100;
            switch (step / (TIMERS * 100)) {
                case 0 -> {
                    timers.set(all[timer], now + value);
                    due[timer] = now + value;
                }
                case 1 -> {
                    timers.cancel(all[timer]);
                    due[timer] = Timers.NEVER;
                }
                default -> {
                    now += value;
                    ran.clear();
                    long next = timers.advance(now);
                    List<Integer> expected = new ArrayList<>();
                    long earliest = Timers.NEVER;
                    for (int i = 0; i < TIMERS; i++) {
                        if (due[i] <= now) {
                            expected.add(i);
                            due[i] = Timers.NEVER;
                        }
                        earliest = Math.min(earliest, due[i]);
                    }
                    assertEquals(expected, ran.stream().sorted().toList());
                    assertEquals(earliest, next);
                }
            }
            for (int i = 0; i < TIMERS; i++) {
                assertEquals(due[i], all[i].due());
            }
        }
    }

    @Test
    void inOrderOfTime() {
        Timers timers = new Timers();
        List<Long> ran = new ArrayList<>();
        for (long due : new long[] {5, 3, 9, 1, 7}) {
            timers.set(new Timer(now -> ran.add(due)), due);
        }
        assertEquals(9, timers.advance(8));
        assertEquals(List.of(1L, 3L, 5L, 7L), ran);
        assertEquals(1, timers.count());
    }

    @Test
    void oneThatAlwaysSetsItselfToNowStopsNobody() {
        Timers timers = new Timers();
        int[] count = new int[1];
        Timer[] again = new Timer[1];
        again[0] = new Timer(now -> {
            count[0]++;
            timers.set(again[0], now);
        });
        timers.set(again[0], 1);
        assertEquals(1, timers.advance(1));
        assertEquals(1, count[0]);
        assertTrue(again[0].isSet());
    }

    @Test
    void aTimerCancelsAnother() {
        Timers timers = new Timers();
        boolean[] ran = new boolean[1];
        Timer second = new Timer(now -> ran[0] = true);
        timers.set(new Timer(now -> timers.cancel(second)), 1);
        timers.set(second, 1);
        timers.set(second, 2);
        assertEquals(Timers.NEVER, timers.advance(3));
        assertEquals(false, ran[0]);
        assertEquals(0, timers.count());
    }
}
