package dev.ristretto.imagetests.util;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CollectionsTest {

    private enum Planet { MERCURY, VENUS, EARTH, MARS }

    @Test
    void hashMapsAgreeWithTreeMaps() {
        Map<String, Integer> hash = new HashMap<>();
        NavigableMap<String, Integer> tree = new TreeMap<>();
        Random random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            String key = "key" + random.nextInt(500);
            if (random.nextInt(3) == 0) {
                assertEquals(tree.remove(key), hash.remove(key));
            } else {
                assertEquals(tree.put(key, i), hash.put(key, i));
            }
        }
        assertEquals(tree, hash);
        assertEquals(tree.hashCode(), hash.hashCode());
        assertTrue(new ArrayList<>(tree.descendingMap().keySet()).getFirst().equals(tree.lastKey()));
    }

    /** Keys whose hashes all collide turn a bucket into a tree. */
    private record Colliding(int value) implements Comparable<Colliding> {
        @Override
        public int hashCode() {
            return 42;
        }

        @Override
        public int compareTo(Colliding other) {
            return Integer.compare(value, other.value);
        }
    }

    @Test
    void collidingKeys() {
        Map<Colliding, Integer> map = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            map.put(new Colliding(i), i);
        }
        for (int i = 0; i < 300; i += 2) {
            assertEquals(i, map.remove(new Colliding(i)));
        }
        assertEquals(150, map.size());
        assertEquals(151, map.get(new Colliding(151)));
    }

    @Test
    void orderedMapsAndSets() {
        LinkedHashMap<String, Integer> recent = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                return size() > 2;
            }
        };
        recent.put("a", 1);
        recent.put("b", 2);
        recent.get("a");
        recent.put("c", 3);
        assertEquals(List.of("a", "c"), List.copyOf(recent.keySet()));
        assertEquals(List.of("z", "a"), List.copyOf(new LinkedHashSet<>(List.of("z", "a", "z"))));
        TreeSet<Integer> set = new TreeSet<>(List.of(5, 1, 9));
        assertEquals(5, set.ceiling(2));
        assertEquals(Set.of(1, 5), set.headSet(5, true));
    }

    @Test
    void enumMapsAndSets() {
        EnumMap<Planet, String> map = new EnumMap<>(Planet.class);
        map.put(Planet.MARS, "red");
        map.put(Planet.EARTH, "blue");
        assertEquals("{EARTH=blue, MARS=red}", map.toString());
        assertEquals(EnumSet.of(Planet.MERCURY, Planet.VENUS), EnumSet.complementOf(EnumSet.range(Planet.EARTH, Planet.MARS)));
        assertEquals(4, EnumSet.allOf(Planet.class).size());
        assertSame(Planet.VENUS, Planet.valueOf("VENUS"));
        assertEquals(7, EnumSet.allOf(TimeUnit.class).size());
        assertArrayEquals(Planet.values(), Planet.class.getEnumConstants());
    }

    @Test
    void listsAndTheirIterators() {
        for (List<Integer> list : List.of(new ArrayList<Integer>(), new LinkedList<Integer>())) {
            for (int i = 0; i < 100; i++) {
                list.add(i / 2, i);
            }
            list.removeIf(i -> i % 3 == 0);
            ListIterator<Integer> iterator = list.listIterator(list.size());
            while (iterator.hasPrevious()) {
                int value = iterator.previous();
                if (value % 2 == 0) {
                    iterator.set(-value);
                }
            }
            assertEquals(66, list.size());
            assertEquals(list.stream().mapToInt(Math::abs).sum(), 99 * 100 / 2 - 3 * 33 * 34 / 2);
            Collections.sort(list);
            assertTrue(Collections.binarySearch(list, 97) >= 0);
            assertEquals(list.reversed().getFirst(), list.getLast());
        }
    }

    @Test
    void queuesAndDeques() {
        PriorityQueue<Integer> queue = new PriorityQueue<>(Comparator.reverseOrder());
        new Random(5).ints(200, 0, 1000).forEach(queue::add);
        int previous = Integer.MAX_VALUE;
        while (!queue.isEmpty()) {
            assertTrue(queue.peek() <= previous);
            previous = queue.poll();
        }
        Deque<Integer> deque = new ArrayDeque<>();
        for (int i = 0; i < 50; i++) {
            deque.addFirst(i);
            deque.addLast(-i);
        }
        assertEquals(49, deque.pollFirst());
        assertEquals(-49, deque.pollLast());
    }

    @Test
    void immutableCollectionsStaySo() {
        assertThrows(UnsupportedOperationException.class, () -> Map.of("a", 1).put("b", 2));
        assertThrows(NullPointerException.class, () -> List.of("a", null));
        assertThrows(IllegalArgumentException.class, () -> Set.of("a", "a"));
        assertThrows(UnsupportedOperationException.class, () -> Collections.unmodifiableList(new ArrayList<>(List.of(1))).clear());
        assertEquals(Map.of(1, "a", 2, "b"), Map.ofEntries(Map.entry(2, "b"), Map.entry(1, "a")));
    }

    @Test
    void identityWeaknessAndBits() {
        Map<String, Integer> identity = new IdentityHashMap<>();
        identity.put(new String("a"), 1);
        identity.put(new String("a"), 2);
        assertEquals(2, identity.size());
        BitSet bits = new BitSet();
        bits.set(3, 70);
        bits.clear(10);
        assertEquals(66, bits.cardinality());
        assertEquals(10, bits.nextClearBit(5));
    }

    @Test
    void sortingIsStableAndRight() {
        record Pair(int key, int order) { }
        List<Pair> pairs = new ArrayList<>();
        Random random = new Random(9);
        for (int i = 0; i < 1_000; i++) {
            pairs.add(new Pair(random.nextInt(20), i));
        }
        pairs.sort(Comparator.comparingInt(Pair::key));
        for (int i = 1; i < pairs.size(); i++) {
            Pair a = pairs.get(i - 1);
            Pair b = pairs.get(i);
            assertTrue(a.key < b.key || a.key == b.key && a.order < b.order);
        }
        int[] numbers = random.ints(5_000).toArray();
        int[] copy = numbers.clone();
        Arrays.sort(numbers);
        Arrays.sort(copy, 0, 2_500);
        Arrays.sort(copy, 2_500, 5_000);
        Arrays.sort(copy);
        assertArrayEquals(numbers, copy);
    }

    @Test
    void optionalsAndObjects() {
        assertEquals("value!", Optional.of("value").map(v -> v + "!").orElse("none"));
        assertEquals("none", Optional.empty().or(() -> Optional.of("none")).get());
        assertThrows(NullPointerException.class, () -> Objects.requireNonNull(null, "message"));
        assertEquals(Objects.hash(1, "a"), Arrays.hashCode(new Object[] {1, "a"}));
        assertFalse(Objects.equals(null, 1));
        assertNull(Optional.ofNullable(null).orElse(null));
        assertEquals(new HashSet<>(List.of(1, 2)), Set.of(2, 1));
    }
}
