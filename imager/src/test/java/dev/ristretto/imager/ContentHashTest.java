package dev.ristretto.imager;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentHashTest {
    @Test
    void differentSeriesDiffer() {
        assertNotEquals(new ContentHash().add("ab").add("c").hex(), new ContentHash().add("a").add("bc").hex());
        assertNotEquals(new ContentHash().add(List.of("a")).add(List.of()).hex(), new ContentHash().add(List.of()).add(List.of("a")).hex());
    }

    @Test
    void whereAndWhenDoNotMatter(@TempDir Path one, @TempDir Path two) throws IOException {
        for (Path directory : List.of(one, two)) {
            Files.createDirectories(directory.resolve("p"));
            Files.writeString(directory.resolve("p/A.class"), "x");
        }
        Files.setLastModifiedTime(two.resolve("p/A.class"), FileTime.fromMillis(0));
        String hash = new ContentHash().addContents(one).hex();
        assertEquals(hash, new ContentHash().addContents(two).hex());
        Files.writeString(two.resolve("p/A.class"), "y");
        assertNotEquals(hash, new ContentHash().addContents(two).hex());
        Files.move(one.resolve("p/A.class"), one.resolve("p/B.class"));
        assertNotEquals(hash, new ContentHash().addContents(one).hex());
    }
}
