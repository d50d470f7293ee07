package dev.ristretto.network;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** What {@link GuidedFuzzTest} has Jazzer run in a JVM of its own: the target of {@link ParsersFuzzTest} whose name is the system property. */
public final class GuidedFuzzTarget {
    static final String TARGET_PROPERTY = "ristretto.fuzz.target";
    private static final MethodHandle TARGET = target();

    private GuidedFuzzTarget() {
    }

    private static MethodHandle target() {
        try {
            return MethodHandles.lookup().bind(new ParsersFuzzTest(), System.getProperty(TARGET_PROPERTY),
                    MethodType.methodType(void.class, byte[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("There is no such target: " + System.getProperty(TARGET_PROPERTY), e);
        }
    }

    /** Called by Jazzer for each input. */
    public static void fuzzerTestOneInput(byte[] data) throws Throwable {
        TARGET.invokeExact(data);
    }
}
