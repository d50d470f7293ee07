package dev.ristretto.storage.vfs;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** One step of a random workload; what the two paths and numbers mean depends on the kind. */
record Op(Kind kind, String path, String other, int place, int length) {
    enum Kind {
        MAKE_DIRECTORY, CREATE, WRITE, APPEND, READ, TRUNCATE, UNLINK, REMOVE_DIRECTORY, RENAME, LINK, SYMBOLIC_LINK, READ_LINK, STATUS,
        LINK_STATUS, LIST, PERMISSIONS, REAL_PATH, HANDLE_OPEN, HANDLE_READ, HANDLE_WRITE, HANDLE_TRUNCATE, HANDLE_CLOSE
    }

    /** How many open files a workload plays with at a time. */
    static final int HANDLES = 3;

    static Arbitrary<Op> arbitrary() {
        Arbitrary<String> names = Arbitraries.frequencyOf(
                Tuple.of(16, Arbitraries.of("a", "b", "c", "m")), Tuple.of(1, Arbitraries.of(".", "..")));
        Arbitrary<String> paths = Combinators.combine(Arbitraries.of("/", ""), Arbitraries.frequencyOf(
                Tuple.of(5, names.list().ofSize(1)), Tuple.of(6, names.list().ofSize(2)), Tuple.of(1, names.list().ofSize(4))),
                Arbitraries.frequencyOf(Tuple.of(14, Arbitraries.just("")), Tuple.of(1, Arbitraries.just("/"))))
                .as((begin, list, end) -> begin + String.join("/", list) + end);
        Arbitrary<Integer> places = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 20)),
                Tuple.of(2, Arbitraries.integers().between(4080, 4110)),
                Tuple.of(1, Arbitraries.integers().between(0, 300_000)));
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 10)),
                Tuple.of(1, Arbitraries.integers().between(4090, 9000)));
        return Combinators.combine(kinds(), paths, paths, places, lengths).as(Op::new);
    }

    /** What makes comes more often than what removes, so that there is something to work with. */
    private static Arbitrary<Kind> kinds() {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(Kind.MAKE_DIRECTORY, Kind.CREATE, Kind.SYMBOLIC_LINK, Kind.LINK, Kind.RENAME)),
                Tuple.of(1, Arbitraries.of(Kind.HANDLE_OPEN, Kind.HANDLE_READ, Kind.HANDLE_WRITE, Kind.HANDLE_TRUNCATE)),
                Tuple.of(3, Arbitraries.of(Kind.values())));
    }

    /** Returns the bytes that this step writes. */
    byte[] data() {
        return (path + "|" + place + "|").repeat(length / 4 + 1).substring(0, length).getBytes(StandardCharsets.ISO_8859_1);
    }

    int handle() {
        return place % HANDLES;
    }
}
