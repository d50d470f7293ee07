package dev.ristretto.imagetests.reflection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Resources of the class path, bundles and services. */
class ResourcesTest {

    private static final String FOLDER = "/dev/ristretto/imagetests/reflection/";

    @Test
    void aResourceIsRead() throws IOException {
        try (InputStream in = ResourcesTest.class.getResourceAsStream("a-resource.txt")) {
            assertNotNull(in);
            assertEquals("A resource, with \u00fcml\u00e4uts.\n", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aResourceByANameMadeAtRunTime() throws IOException {
        String name = FOLDER + String.join("-", List.of("a", "resource")) + ".txt";
        URL url = ResourcesTest.class.getResource(name);
        assertNotNull(url, name);
        try (InputStream in = url.openStream()) {
            assertEquals('A', in.read());
        }
        assertTrue(Collections.list(ResourcesTest.class.getClassLoader().getResources(name.substring(1))).size() >= 1);
    }

    @Test
    void whatIsNotThere() {
        assertNull(ResourcesTest.class.getResourceAsStream("absent-" + System.nanoTime()));
        assertThrows(MissingResourceException.class, () -> ResourceBundle.getBundle("no.such.bundle" + System.nanoTime()));
    }

    @Test
    void bundlesByLocale() {
        String base = "dev.ristretto.imagetests.reflection.Messages";
        assertEquals("Good morning", ResourceBundle.getBundle(base, Locale.ROOT).getString("morning"));
        ResourceBundle german = ResourceBundle.getBundle(base, Locale.GERMANY);
        assertEquals("Guten Morgen", german.getString("morning"));
        assertEquals("Only in the base", german.getString("base"));
        assertThrows(MissingResourceException.class, () -> german.getString("absent"));
    }

    @Test
    void services() {
        assertEquals(List.of("guten Tag", "hello"),
                ServiceLoader.load(Greeting.class).stream().map(ServiceLoader.Provider::get).map(Greeting::word).sorted().toList());
        assertTrue(ServiceLoader.load(Runnable.class).findFirst().isEmpty());
    }
}
