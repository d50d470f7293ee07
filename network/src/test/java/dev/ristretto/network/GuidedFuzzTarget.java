package dev.ristretto.network;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** All targets of {@link ParsersFuzzTest} as one, which {@link GuidedFuzzTest} has Jazzer run in a JVM of its own: the first byte chooses. */
public final class GuidedFuzzTarget {
    /** In the order of their numbers. */
    static final List<Method> TARGETS = Arrays.stream(ParsersFuzzTest.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(FuzzTest.class)).sorted(Comparator.comparing(Method::getName)).toList();

    private static final ParsersFuzzTest TESTS = new ParsersFuzzTest();

    private GuidedFuzzTarget() {
    }

    /** Called by Jazzer for each input. */
    public static void fuzzerTestOneInput(byte[] data) throws IllegalAccessException {
        if (data.length == 0) {
            return;
        }
        Method target = TARGETS.get((data[0] & 0xff) % TARGETS.size());
        try {
            target.invoke(TESTS, (Object) Arrays.copyOfRange(data, 1, data.length));
        } catch (InvocationTargetException e) {
            throw new AssertionError("ParsersFuzzTest." + target.getName() + " with all but the first byte", e.getCause());
        }
    }
}
