package dev.ristretto.imagetests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class SystemTest {

    @Test
    void propertiesThatEveryProgramMayUse() {
        for (String name : new String[] {"java.version", "java.vendor", "java.class.version", "os.name", "os.arch", "os.version", "file.separator",
            "path.separator", "line.separator", "user.name", "user.home", "user.dir", "java.io.tmpdir", "native.encoding"}) {
            assertNotNull(System.getProperty(name), name);
        }
        assertEquals(25, Runtime.version().feature());
        assertEquals("25", System.getProperty("java.specification.version"));
        assertEquals("\n", System.lineSeparator());
        assertEquals("/", System.getProperty("file.separator"));
    }

    @Test
    void propertiesCanBeSet() {
        String name = "ristretto.test.set." + System.nanoTime();
        assertNull(System.setProperty(name, "value"));
        assertEquals("value", System.getProperty(name));
        assertEquals("value", System.clearProperty(name));
        assertTrue(Integer.getInteger(name, 5) == 5 && !Boolean.getBoolean(name));
    }

    @Test
    void theEnvironmentIsReadOnly() {
        assertThrows(UnsupportedOperationException.class, () -> System.getenv().put("A", "B"));
        assertNull(System.getenv("NO_SUCH_VARIABLE_" + System.nanoTime()));
    }

    @Test
    void theRuntimeKnowsItsMemoryAndProcessors() {
        Runtime runtime = Runtime.getRuntime();
        assertTrue(runtime.availableProcessors() >= 1);
        assertTrue(runtime.totalMemory() > 0 && runtime.freeMemory() > 0);
        assertTrue(runtime.maxMemory() >= runtime.totalMemory());
        assertTrue(runtime.maxMemory() < 1L << 40, "the maximum comes from the memory that is there: " + runtime.maxMemory());
    }

    @Test
    void arraycopyOverlaps() {
        int[] array = {1, 2, 3, 4, 5};
        System.arraycopy(array, 0, array, 1, 4);
        assertEquals("[1, 1, 2, 3, 4]", Arrays.toString(array));
        Object[] objects = {"a", "b", "c", null};
        System.arraycopy(objects, 1, objects, 0, 3);
        assertEquals("[b, c, null, null]", Arrays.toString(objects));
    }

    @Test
    void standardOutputCanBeReplaced() {
        PrintStream before = System.out;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
            System.out.print("captured");
        } finally {
            System.setOut(before);
        }
        assertEquals("captured", captured.toString(StandardCharsets.UTF_8));
    }

    @Test
    void identityHashCodesDiffer() {
        List<Integer> hashes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            hashes.add(System.identityHashCode(new Object()));
        }
        assertTrue(hashes.stream().distinct().count() > 90);
        assertEquals(0, System.identityHashCode(null));
        assertNotEquals(0, new Object().hashCode());
    }

    @Test
    void logging() {
        Logger logger = Logger.getLogger(SystemTest.class.getName());
        List<String> seen = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                seen.add(entry.getLevel() + " " + entry.getMessage());
            }

            @Override
            public void flush() {
                // Nothing is held back.
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        logger.setLevel(Level.INFO);
        logger.info("seen");
        logger.fine("not seen");
        logger.log(Level.WARNING, "seen too", new Exception());
        assertEquals(List.of("INFO seen", "WARNING seen too"), seen);
        assertFalse(logger.isLoggable(Level.FINE));
    }

    @Test
    void shutdownHooksCanBeTakenBack() {
        Thread hook = new Thread(() -> { });
        Runtime.getRuntime().addShutdownHook(hook);
        assertThrows(IllegalArgumentException.class, () -> Runtime.getRuntime().addShutdownHook(hook));
        assertTrue(Runtime.getRuntime().removeShutdownHook(hook));
        assertFalse(Runtime.getRuntime().removeShutdownHook(hook));
    }
}
