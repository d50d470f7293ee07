package dev.ristretto.imagetests.libraries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.CaseFormat;
import com.google.common.base.CharMatcher;
import com.google.common.base.Joiner;
import com.google.common.base.MoreObjects;
import com.google.common.base.Preconditions;
import com.google.common.base.Splitter;
import com.google.common.base.Stopwatch;
import com.google.common.base.Suppliers;
import com.google.common.base.Throwables;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.BiMap;
import com.google.common.collect.Comparators;
import com.google.common.collect.ComparisonChain;
import com.google.common.collect.HashBasedTable;
import com.google.common.collect.HashBiMap;
import com.google.common.collect.HashMultiset;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import com.google.common.collect.Maps;
import com.google.common.collect.Multimap;
import com.google.common.collect.Multiset;
import com.google.common.collect.Ordering;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.Sets;
import com.google.common.collect.Table;
import com.google.common.collect.TreeRangeSet;
import com.google.common.escape.Escapers;
import com.google.common.eventbus.EventBus;
import com.google.common.eventbus.Subscribe;
import com.google.common.graph.GraphBuilder;
import com.google.common.graph.Graphs;
import com.google.common.graph.MutableGraph;
import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import com.google.common.hash.Hashing;
import com.google.common.html.HtmlEscapers;
import com.google.common.io.BaseEncoding;
import com.google.common.io.ByteStreams;
import com.google.common.io.CharSource;
import com.google.common.math.IntMath;
import com.google.common.math.LongMath;
import com.google.common.math.Stats;
import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import com.google.common.net.MediaType;
import com.google.common.primitives.Ints;
import com.google.common.primitives.UnsignedLongs;
import com.google.common.reflect.TypeToken;
import com.google.common.util.concurrent.AtomicLongMap;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.ListeningExecutorService;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.RateLimiter;
import com.google.common.util.concurrent.SettableFuture;
import com.google.common.util.concurrent.Striped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.Test;

@SuppressWarnings("UnstableApiUsage")
class GuavaTest {

    @Test
    void strings() {
        assertEquals(List.of("a", "b", "c"), Splitter.on(',').trimResults().omitEmptyStrings().splitToList("a, b,,c"));
        assertEquals("a|c", Joiner.on('|').skipNulls().join("a", null, "c"));
        assertEquals(Map.of("k", "v", "x", "y"), Splitter.on('&').withKeyValueSeparator('=').split("k=v&x=y"));
        assertEquals("lowerCamelCase", CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, "LOWER_CAMEL_CASE"));
        assertEquals("1234", CharMatcher.inRange('0', '9').retainFrom("a1b2 3-4"));
        assertEquals("Thing{n=1}", MoreObjects.toStringHelper("Thing").add("n", 1).omitNullValues().add("m", (Object) null).toString());
    }

    @Test
    void immutableCollections() {
        ImmutableList<Integer> list = ImmutableList.of(3, 1, 2);
        assertEquals(ImmutableList.of(1, 2, 3), ImmutableList.sortedCopyOf(list));
        ImmutableMap.Builder<Integer, Integer> builder = ImmutableMap.builder();
        for (int i = 0; i < 500; i++) {
            builder.put(i, i * i);
        }
        assertEquals(249_001, builder.buildOrThrow().get(499));
        assertThrows(IllegalArgumentException.class, () -> ImmutableMap.of("a", 1, "a", 2));
        assertEquals("{a=1, b=2}", ImmutableSortedMap.of("b", 2, "a", 1).toString());
    }

    @Test
    void multimapsAndMultisets() {
        Multimap<String, Integer> multimap = ArrayListMultimap.create();
        multimap.put("a", 1);
        multimap.put("a", 2);
        multimap.put("b", 3);
        assertEquals(List.of(1, 2), List.copyOf(multimap.get("a")));
        assertEquals(3, multimap.size());
        Multiset<String> words = HashMultiset.create(List.of("to", "be", "or", "not", "to", "be"));
        assertEquals(2, words.count("to"));
        assertEquals(4, words.elementSet().size());
    }

    @Test
    void tablesBiMapsAndRanges() {
        Table<Integer, String, Integer> table = HashBasedTable.create();
        table.put(1, "x", 10);
        table.put(2, "x", 20);
        assertEquals(Map.of(1, 10, 2, 20), table.column("x"));
        BiMap<String, Integer> biMap = HashBiMap.create(Map.of("one", 1));
        assertEquals("one", biMap.inverse().get(1));
        assertThrows(IllegalArgumentException.class, () -> biMap.put("uno", 1));
        RangeSet<Integer> ranges = TreeRangeSet.create();
        ranges.add(Range.closed(1, 5));
        ranges.add(Range.closedOpen(5, 9));
        ranges.remove(Range.open(2, 4));
        assertEquals("[[1..2], [4..9)]", ranges.toString());
    }

    @Test
    void collectionHelpers() {
        assertEquals(Set.of(2), Sets.intersection(Set.of(1, 2), Set.of(2, 3)));
        assertEquals(8, Sets.powerSet(Set.of(1, 2, 3)).size());
        assertEquals(List.of(List.of(1, 2), List.of(3)), Lists.partition(List.of(1, 2, 3), 2));
        assertEquals(6, Lists.cartesianProduct(List.of(1, 2), List.of(3, 4, 5)).size());
        assertEquals(Map.of(1, "a", 2, "bb"), Maps.uniqueIndex(List.of("a", "bb"), String::length));
        assertEquals(3, Iterables.getLast(List.of(1, 2, 3)));
        assertEquals(List.of(9, 8), Ordering.natural().greatestOf(List.of(1, 9, 8, 2), 2));
        assertTrue(Comparators.isInOrder(List.of(1, 2, 2), Comparator.naturalOrder()));
        assertTrue(ComparisonChain.start().compare(1, 1).compare("a", "b").result() < 0);
    }

    @Test
    void caches() throws ExecutionException {
        AtomicInteger loads = new AtomicInteger();
        List<String> removed = new ArrayList<>();
        LoadingCache<String, Integer> cache = CacheBuilder.newBuilder().maximumSize(2).recordStats()
                .removalListener(notification -> removed.add(notification.getKey() + " " + notification.getCause()))
                .build(CacheLoader.from(key -> {
                    loads.incrementAndGet();
                    return key.length();
                }));
        assertEquals(3, cache.get("abc"));
        assertEquals(3, cache.get("abc"));
        assertEquals(1, loads.get());
        cache.get("de");
        cache.get("f");
        assertEquals(List.of("abc SIZE"), removed);
        assertEquals(1, cache.stats().hitCount());
    }

    @Test
    void expiringCaches() throws Exception {
        LoadingCache<String, Long> cache = CacheBuilder.newBuilder().expireAfterWrite(5, TimeUnit.MILLISECONDS)
                .build(CacheLoader.from(key -> System.nanoTime()));
        long first = cache.get("key");
        Thread.sleep(10);
        assertTrue(cache.get("key") > first);
    }

    @Test
    void hashes() {
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Hashing.sha256().hashString("abc", StandardCharsets.UTF_8).toString());
        assertEquals(0xcbf43926, Hashing.crc32().hashString("123456789", StandardCharsets.US_ASCII).asInt());
        assertEquals(0xb3dd93fa, Hashing.murmur3_32_fixed().hashString("abc", StandardCharsets.US_ASCII).asInt());
        assertEquals(7, Hashing.consistentHash(Hashing.sipHash24().hashInt(5), 1) + 7);
        BloomFilter<Integer> filter = BloomFilter.create(Funnels.integerFunnel(), 500, 0.01);
        for (int i = 0; i < 500; i++) {
            filter.put(i);
        }
        int falsePositives = 0;
        for (int i = 0; i < 500; i++) {
            assertTrue(filter.mightContain(i));
            falsePositives += filter.mightContain(i + 10_000) ? 1 : 0;
        }
        assertTrue(falsePositives < 50, "false positives: " + falsePositives);
    }

    @Test
    void mathematics() {
        assertEquals(12, IntMath.gcd(36, 24));
        assertEquals(252, IntMath.binomial(10, 5));
        assertThrows(ArithmeticException.class, () -> IntMath.checkedPow(10, 10));
        assertTrue(LongMath.isPrime(1_000_000_007L));
        assertEquals(4, IntMath.divide(7, 2, RoundingMode.HALF_EVEN));
        assertEquals(2.0, Stats.of(2, 4, 4, 4, 5, 5, 7, 9).populationStandardDeviation());
        assertEquals("18446744073709551615", UnsignedLongs.toString(-1));
        assertEquals(0x01020304, Ints.fromByteArray(new byte[] {1, 2, 3, 4}));
    }

    @Test
    void eventBus() {
        class Listener {
            private final List<Object> seen = new ArrayList<>();

            @Subscribe
            public void number(Integer number) {
                seen.add(number);
            }
        }
        Listener listener = new Listener();
        EventBus bus = new EventBus();
        bus.register(listener);
        bus.post(5);
        bus.post("ignored");
        assertEquals(List.of(5), listener.seen);
    }

    @Test
    void listenableFutures() throws Exception {
        ListeningExecutorService executor = MoreExecutors.listeningDecorator(Executors.newFixedThreadPool(2));
        ListenableFuture<Integer> sum = Futures.transform(Futures.allAsList(executor.submit(() -> 1), executor.submit(() -> 2)),
                parts -> parts.stream().mapToInt(Integer::intValue).sum(), executor);
        assertEquals(3, sum.get(20, TimeUnit.SECONDS));
        SettableFuture<String> settable = SettableFuture.create();
        Futures.getDone(Futures.immediateFuture("x"));
        settable.setException(new IOException("no"));
        assertThrows(ExecutionException.class, settable::get);
        executor.shutdown();
    }

    @Test
    void concurrencyHelpers() {
        Striped<Lock> stripes = Striped.lock(8);
        assertSame(stripes.get("key"), stripes.get("key"));
        AtomicLongMap<String> counts = AtomicLongMap.create();
        counts.incrementAndGet("a");
        counts.addAndGet("a", 4);
        assertEquals(5, counts.get("a"));
        RateLimiter limiter = RateLimiter.create(200);
        Stopwatch watch = Stopwatch.createStarted();
        for (int i = 0; i < 5; i++) {
            limiter.acquire();
        }
        assertTrue(watch.elapsed(TimeUnit.MILLISECONDS) >= 15, watch::toString);
    }

    @Test
    void suppliersAndThrowables() {
        AtomicInteger calls = new AtomicInteger();
        var memoized = Suppliers.memoize(calls::incrementAndGet);
        assertEquals(memoized.get(), memoized.get());
        assertEquals("root", Throwables.getRootCause(new RuntimeException(new IOException("root"))).getMessage());
        assertEquals("bad 5", assertThrows(IllegalArgumentException.class, () -> Preconditions.checkArgument(false, "bad %s", 5)).getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> Preconditions.checkElementIndex(3, 3));
    }

    @Test
    void graphs() {
        MutableGraph<String> graph = GraphBuilder.directed().build();
        graph.putEdge("a", "b");
        graph.putEdge("b", "c");
        assertFalse(Graphs.hasCycle(graph));
        assertEquals(Set.of("a", "b", "c"), Graphs.reachableNodes(graph, "a"));
        graph.putEdge("c", "a");
        assertTrue(Graphs.hasCycle(graph));
    }

    @Test
    void inputOutputAndEncodings() throws IOException {
        assertEquals("NBSWY3DP", BaseEncoding.base32().encode("hello".getBytes(StandardCharsets.US_ASCII)));
        assertEquals(5, ByteStreams.toByteArray(ByteStreams.limit(new ByteArrayInputStream(new byte[9]), 5)).length);
        assertEquals(List.of("a", "b"), CharSource.wrap("a\nb").readLines());
        assertEquals("&lt;b&gt;", HtmlEscapers.htmlEscaper().escape("<b>"));
        assertEquals("a--b", Escapers.builder().addEscape('+', "--").build().escape("a+b"));
    }

    @Test
    void networkNames() {
        assertEquals(443, HostAndPort.fromString("[2001:db8::1]:443").getPort());
        assertEquals("2001:db8::1", InetAddresses.toAddrString(InetAddresses.forString("2001:0db8:0:0:0:0:0:1")));
        assertEquals("co.uk", InternetDomainName.from("www.example.co.uk").publicSuffix().toString());
        assertTrue(MediaType.parse("text/html; charset=utf-8").is(MediaType.ANY_TEXT_TYPE));
    }

    @Test
    void typeTokens() {
        TypeToken<List<String>> token = new TypeToken<>() { };
        assertEquals("java.util.List<java.lang.String>", token.toString());
        assertSame(List.class, token.getRawType());
        assertTrue(token.isSubtypeOf(new TypeToken<Iterable<String>>() { }));
    }
}
