package dev.ristretto.jdk.detect;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Shortest call paths from the roots of a call graph, found breadth first. The result depends on the order of roots and calls only.
 *
 * @param <M> a method
 * @param <P> the place of a call
 */
final class CallPaths<M, P> {
    /**
     * A call.
     *
     * @param place where it is
     * @param target the method called
     */
    record Call<M, P>(P place, M target) {
    }

    /**
     * One step of a path: the method that calls, and where.
     */
    record Step<M, P>(M caller, P place) {
    }

    /** For each method that was reached, the call that reached it first; null for roots. */
    private final Map<M, Step<M, P>> reachedBy = new HashMap<>();

    /**
     * Visits everything that can be reached.
     *
     * @param roots the methods where execution starts
     * @param calls the calls a method makes, in an order that is the same for each run
     */
    CallPaths(Iterable<M> roots, Function<M, ? extends Iterable<Call<M, P>>> calls) {
        ArrayDeque<M> pending = new ArrayDeque<>();
        for (M root : roots) {
            if (!reachedBy.containsKey(root)) {
                reachedBy.put(root, null);
                pending.add(root);
            }
        }
        while (!pending.isEmpty()) {
            M caller = pending.remove();
            for (Call<M, P> call : calls.apply(caller)) {
                if (!reachedBy.containsKey(call.target())) {
                    reachedBy.put(call.target(), new Step<>(caller, call.place()));
                    pending.add(call.target());
                }
            }
        }
    }

    /** Whether any path leads to the method. */
    boolean reaches(M method) {
        return reachedBy.containsKey(method);
    }

    /** The calls that lead to the method, the one of the method itself first, that of a root last; empty if there is no path. */
    List<Step<M, P>> pathTo(M method) {
        if (!reaches(method)) {
            return Collections.emptyList();
        }
        List<Step<M, P>> path = new ArrayList<>();
        Step<M, P> step = reachedBy.get(method);
        while (step != null) {
            path.add(step);
            step = reachedBy.get(step.caller());
        }
        return path;
    }
}
