package dev.ristretto.jdk.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.ristretto.jdk.detect.CallPaths.Call;
import dev.ristretto.jdk.detect.CallPaths.Step;

class CallPathsTest {
    /** main calls a and b; a calls c; b calls n directly, c does so as well; c calls main again; island calls n. */
    private static final Map<String, List<Call<String, Integer>>> GRAPH = Map.of(
                    "main", List.of(new Call<>(1, "a"), new Call<>(2, "b")),
                    "a", List.of(new Call<>(3, "c")),
                    "b", List.of(new Call<>(4, "n")),
                    "c", List.of(new Call<>(5, "n"), new Call<>(6, "main")),
                    "island", List.of(new Call<>(7, "n")),
                    "n", List.of());

    private static final CallPaths<String, Integer> PATHS = new CallPaths<>(List.of("main"), GRAPH::get);

    @Test
    void findsTheShortestPath() {
        assertEquals(List.of(new Step<>("b", 4), new Step<>("main", 2)), PATHS.pathTo("n"));
    }

    @Test
    void rootsHaveAnEmptyPathAndIslandsNone() {
        assertTrue(PATHS.reaches("main"));
        assertEquals(List.of(), PATHS.pathTo("main"));
        assertFalse(PATHS.reaches("island"));
        assertEquals(List.of(), PATHS.pathTo("island"));
    }
}
