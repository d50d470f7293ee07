package dev.ristretto.imagetests.util;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamsTest {

    private record Person(String name, int age, String city) { }

    private static final List<Person> PEOPLE = List.of(new Person("Ada", 36, "London"), new Person("Bob", 20, "Paris"),
            new Person("Cy", 51, "London"), new Person("Di", 20, "Rome"));

    @Test
    void grouping() {
        Map<String, List<String>> names = PEOPLE.stream()
                .collect(Collectors.groupingBy(Person::city, TreeMap::new, Collectors.mapping(Person::name, Collectors.toList())));
        assertEquals("{London=[Ada, Cy], Paris=[Bob], Rome=[Di]}", names.toString());
        assertEquals(Map.of(true, 2L, false, 2L), PEOPLE.stream().collect(Collectors.partitioningBy(p -> p.age() > 30, Collectors.counting())));
        assertEquals(31.75, PEOPLE.stream().collect(Collectors.averagingInt(Person::age)));
    }

    @Test
    void pipelines() {
        assertEquals(List.of(2, 3, 5, 7, 11, 13), IntStream.iterate(2, i -> i + 1)
                .filter(i -> IntStream.rangeClosed(2, (int) Math.sqrt(i)).noneMatch(d -> i % d == 0)).limit(6).boxed().toList());
        assertEquals("Bob, Di", PEOPLE.stream().filter(p -> p.age() == 20).map(Person::name).collect(Collectors.joining(", ")));
        assertEquals(List.of("Di", "Cy", "Bob", "Ada"), PEOPLE.stream().map(Person::name).sorted(Comparator.reverseOrder()).toList());
        assertEquals(6, Stream.of(List.of(1, 2), List.of(3)).flatMap(List::stream).mapToInt(Integer::intValue).sum());
        assertEquals(List.of(1, 2), Stream.of(1, 2, 3, 1).takeWhile(n -> n < 3).toList());
        assertEquals(List.of(3, 1), Stream.of(1, 2, 3, 1).dropWhile(n -> n < 3).toList());
    }

    @Test
    void laziness() {
        List<Integer> seen = new ArrayList<>();
        Stream<Integer> stream = Stream.of(1, 2, 3, 4).peek(seen::add).filter(n -> n % 2 == 0);
        assertTrue(seen.isEmpty());
        assertEquals(2, stream.findFirst().orElseThrow());
        assertEquals(List.of(1, 2), seen);
        assertThrows(IllegalStateException.class, stream::count);
    }

    @Test
    void statisticsAndTeeing() {
        DoubleSummaryStatistics statistics = PEOPLE.stream().mapToDouble(Person::age).summaryStatistics();
        assertEquals("20.0 51.0 127.0", statistics.getMin() + " " + statistics.getMax() + " " + statistics.getSum());
        assertEquals("20-51", PEOPLE.stream().map(Person::age)
                .collect(Collectors.teeing(Collectors.minBy(Integer::compare), Collectors.maxBy(Integer::compare),
                        (min, max) -> min.orElseThrow() + "-" + max.orElseThrow())));
    }

    @Test
    void toMapAndFunctions() {
        assertEquals(36, PEOPLE.stream().collect(Collectors.toMap(Person::name, Person::age)).get("Ada"));
        assertThrows(IllegalStateException.class, () -> PEOPLE.stream().collect(Collectors.toMap(Person::city, Function.identity())));
        Function<Integer, Integer> twice = n -> n * 2;
        assertEquals(21, twice.andThen(n -> n + 1).apply(10));
    }

    @Test
    void gatherers() {
        assertEquals(List.of(List.of(1, 2), List.of(3, 4), List.of(5)), Stream.of(1, 2, 3, 4, 5).gather(Gatherers.windowFixed(2)).toList());
        assertEquals(List.of(1, 3, 6), Stream.of(1, 2, 3).gather(Gatherers.scan(() -> 0, Integer::sum)).toList());
    }

    @Test
    void mapMultiAndPrimitives() {
        assertEquals(List.of("a", "A"), Stream.of("a").<String>mapMulti((s, sink) -> {
            sink.accept(s);
            sink.accept(s.toUpperCase(Locale.ROOT));
        }).toList());
        assertEquals(55, IntStream.rangeClosed(1, 10).asLongStream().reduce(0, Long::sum));
        assertEquals("3.5", IntStream.of(3, 4).average().stream().mapToObj(Double::toString).findAny().orElseThrow());
    }
}
