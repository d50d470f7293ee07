package dev.ristretto.jdk.lang;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

class EnvironmentTest {
    private static String[] split(String... variables) {
        return Arrays.stream(Environment.namesAndValues(variables)).map(b -> new String(b, StandardCharsets.UTF_8)).toArray(String[]::new);
    }

    @Test
    void splitsAtTheFirstSeparator() {
        assertArrayEquals(new String[] {"PATH", "/bin", "A", "b=c", "EMPTY", ""}, split("PATH=/bin", "A=b=c", "EMPTY="));
    }

    @Test
    void keepsTextOutsideAscii() {
        assertArrayEquals(new String[] {"GRÜSSE", "日本"}, split("GRÜSSE=日本"));
    }

    @Test
    void leavesOutWhatIsNoVariable() {
        assertArrayEquals(new String[] {"=C:", "x"}, split("novalue", "", "=", "=C:=x"));
    }

    @Test
    void findsTheFirstOfAName() {
        String[] variables = {"TZX=a", "TZ=b", "TZ=c"};
        assertEquals("b", Environment.get(variables, "TZ"));
        assertNull(Environment.get(variables, "T"));
    }
}
