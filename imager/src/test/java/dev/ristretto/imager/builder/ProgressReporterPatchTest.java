package dev.ristretto.imager.builder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ProgressReporterPatchTest {
    private static final String NAME = "com.oracle.svm.hosted.ProgressReporterCHelper";

    @Test
    void hasWhatTheOriginalOffersAndWorks() throws Exception {
        Class<?> patch = new ClassLoader(null) {
            Class<?> define() {
                byte[] bytes = ProgressReporterPatch.classFile();
                return defineClass(NAME, bytes, 0, bytes.length);
            }
        }.define();
        assertEquals(offered(Class.forName(NAME, false, getClass().getClassLoader())), offered(patch));
        assertEquals(120, patch.getMethod("getTerminalWindowColumnsClamped").invoke(null));
        assertEquals(-1L, patch.getMethod("getPeakRSS").invoke(null));
    }

    private static Set<String> offered(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::toString).collect(Collectors.toCollection(TreeSet::new));
    }
}
