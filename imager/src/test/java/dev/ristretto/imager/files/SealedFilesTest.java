package dev.ristretto.imager.files;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.imager.ImagingException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealedFilesTest {
    @ParameterizedTest
    @CsvSource({"site,site,/site,false", "./a/site/,./a/site,/site,false", "a/..,a/..,,false", "site:/www,site,/www,false", "x.zip,x.zip,/x,false",
        "lib/x-1.0.jar:stored,lib/x-1.0.jar,/x-1.0,true", "site:/a/b:stored,site,/a/b,true", "a:b,a:b,/a:b,false", "a:/b:/c,a:/b,/c,false"})
    void isReadFromWords(String text, Path source, String mountPoint, boolean stored) {
        String here = "/" + Path.of("").toAbsolutePath().getFileName();
        assertEquals(new SealedFiles(source, mountPoint == null ? here : mountPoint, stored), SealedFiles.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":/www", ":stored"})
    void namesAFolder(String text) {
        assertThrows(IllegalArgumentException.class, () -> SealedFiles.parse(text));
    }

    private static ImagingException refused(String... texts) {
        return assertThrows(ImagingException.class, () -> SealedFiles.check(Stream.of(texts).map(SealedFiles::parse).toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:/", "x:/a//b", "x:/a/", "x:/a/../b", "x:/.", "/"})
    void thePlaceIsAPlainPath(String text) {
        assertTrue(refused(text).getMessage().contains("which is no absolute path below /"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tmp", "x:/tmp", "x:/tmp/a", "x:/dev", "x:/app/conf", "x:/data", "x:/data2", "x:/data17/a"})
    void placesOfEveryImageAreTaken(String text) {
        ImagingException e = refused(text);
        assertTrue(e.getMessage().endsWith(", which every image uses itself"), e.getMessage());
        assertTrue(e.hint().contains(":/files"));
    }

    @Test
    void placesAreApart() {
        assertEquals("b cannot be sealed in as /www, because a is there already", refused("a:/www", "b:/www").getMessage());
        assertEquals("b cannot be sealed in as /www/b, because a is sealed in as /www", refused("a:/www", "b:/www/b").getMessage());
        assertEquals("b cannot be sealed in as /a, because a is sealed in as /a/x", refused("a:/a/x", "b:/a").getMessage());
        assertDoesNotThrow(() -> SealedFiles.check(Stream.of("a:/www", "b:/www2", "c:/database", "d:/tmpl").map(SealedFiles::parse).toList()));
        assertDoesNotThrow(() -> SealedFiles.check(List.of()));
    }
}
