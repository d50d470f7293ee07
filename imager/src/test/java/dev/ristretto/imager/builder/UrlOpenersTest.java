package dev.ristretto.imager.builder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlOpenersTest {
    private static final String OPENS = Opens.class.getName();

    /** Never run; compiled code is what is looked at. */
    @SuppressWarnings("unused")
    private static final class Opens {
        private final URLConnection connection;

        Opens(URL url) throws IOException {
            connection = url.openConnection();
        }

        InputStream stream(URL url) throws IOException {
            return url.openStream();
        }

        static Object contents(URL url, boolean really) throws IOException {
            return really ? url.getContent(new Class<?>[] {String.class}) : url.toString();
        }

        Callable<InputStream> reference(URL url) {
            return url::openStream;
        }

        URL doesNot(String address) throws IOException {
            return URI.create(address).toURL();
        }
    }

    /** Mentions URLs, and methods of the same names of other classes. */
    @SuppressWarnings("unused")
    private static final class OpensNothing {
        private static InputStream openStream(URL url) {
            return InputStream.nullInputStream();
        }

        static int open(URL url, HttpURLConnection connection) throws IOException {
            return openStream(url).read() + connection.getResponseCode();
        }
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
            return Optional.ofNullable(in).orElseThrow().readAllBytes();
        }
    }

    @Test
    void findsMethodsThatOpen() throws IOException {
        Set<String> found = new TreeSet<>();
        UrlOpeners.add(bytes(Opens.class), found);
        assertEquals(Set.of(OPENS + " <init> (Ljava/net/URL;)V", OPENS + " stream (Ljava/net/URL;)Ljava/io/InputStream;",
                OPENS + " contents (Ljava/net/URL;Z)Ljava/lang/Object;", OPENS + " reference (Ljava/net/URL;)Ljava/util/concurrent/Callable;"), found);
    }

    @Test
    void findsNothingElse() throws IOException {
        Set<String> found = new TreeSet<>();
        UrlOpeners.add(bytes(OpensNothing.class), found);
        UrlOpeners.add(new byte[0], found);
        UrlOpeners.add("no class, but java/net/URL is in it".getBytes(), found);
        assertEquals(Set.of(), found);
    }

    @Test
    void damagedClassesAreNoFailure() throws IOException {
        byte[] whole = bytes(Opens.class);
        Set<String> all = new TreeSet<>();
        UrlOpeners.add(whole, all);
        for (int length = 0; length < whole.length; length++) {
            Set<String> found = new TreeSet<>();
            UrlOpeners.add(Arrays.copyOf(whole, length), found);
            assertTrue(all.containsAll(found), found.toString());
        }
    }

    @Test
    void looksIntoJarsAndFolders(@TempDir Path directory) throws IOException {
        Path jar = directory.resolve("lib.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("some/where/Opens.class"));
            out.write(bytes(Opens.class));
        }
        Path folder = Files.createDirectories(directory.resolve("classes/deep")).getParent();
        Files.write(folder.resolve("deep/Opens.class"), bytes(Opens.class));
        assertEquals(4, UrlOpeners.of(List.of(jar)).size());
        assertEquals(UrlOpeners.of(List.of(jar)), UrlOpeners.of(List.of(folder)));
    }
}
