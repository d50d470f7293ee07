package dev.ristretto.imager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCacheTest {
    @TempDir
    private Path directory;

    private void put(ImageCache cache, String hash, int size, long lastUse) throws IOException {
        Path folder = Files.createDirectories(cache.work().resolve("new"));
        Files.write(folder.resolve("file"), new byte[size]);
        Files.setLastModifiedTime(cache.put("images", hash, folder), FileTime.fromMillis(lastUse));
    }

    @Test
    void keepsWhatWasPut() throws IOException {
        ImageCache cache = new ImageCache(directory, 1000);
        assertNull(cache.find("images", "a"));
        put(cache, "a", 10, 1);
        assertEquals(10, Files.size(cache.find("images", "a").resolve("file")));
        assertNull(cache.find("objects", "a"));
        put(cache, "a", 20, 1);
        assertEquals(20, Files.size(cache.find("images", "a").resolve("file")));
    }

    @Test
    void dropsTheLeastRecentlyUsed() throws IOException {
        ImageCache cache = new ImageCache(directory, 100);
        put(cache, "old", 40, 1000);
        put(cache, "older", 40, 500);
        cache.find("images", "older");
        put(cache, "new", 40, 2000);
        assertNull(cache.find("images", "old"));
        assertNotNull(cache.find("images", "older"));
        put(cache, "huge", 500, 3000);
        assertNotNull(cache.find("images", "huge"), "what was just built stays, whatever its size");
    }

    @Test
    void whatAKilledBuildLeftGoes() throws IOException {
        ImageCache cache = new ImageCache(directory, 100);
        Files.writeString(cache.work().resolve("left"), "x");
        assertFalse(Files.exists(cache.work().resolve("left")));
    }

    @Test
    void oneBuildAtATime() throws Exception {
        ImageCache cache = new ImageCache(directory, 100);
        CountDownLatch second = new CountDownLatch(1);
        Thread other;
        try (ImageCache.Lock lock = cache.lock()) {
            assertNotNull(lock);
            other = Thread.ofPlatform().start(() -> {
                try (ImageCache.Lock theirs = new ImageCache(directory, 100).lock()) {
                    assertNotNull(theirs);
                    second.countDown();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertFalse(second.await(200, TimeUnit.MILLISECONDS));
        }
        assertTrue(second.await(10, TimeUnit.SECONDS));
        other.join();
    }
}
