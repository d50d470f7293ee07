package dev.ristretto.imager.builder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FixedSaltPatchTest {
    private static final int STARTS = 4;

    @TempDir
    private Path directory;

    /** Prints a set in the order in which it iterates. */
    static final class Program {
        private Program() {
        }

        public static void main(String[] arguments) {
            System.out.print(Set.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"));
        }
    }

    @Test
    void eachStartHasTheSameOrder() throws Exception {
        String patch = FixedSaltPatch.install(directory);
        Set<String> orders = new HashSet<>();
        for (int i = 0; i < STARTS; i++) {
            orders.add(run(patch));
        }
        assertEquals(1, orders.size(), orders.toString());
        assertTrue(orders.iterator().next().contains("a"), orders.toString());
    }

    private static String run(String patch) throws Exception {
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), patch,
                "-cp", System.getProperty("java.class.path"), Program.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return output;
    }
}
