package dev.ristretto.jdk.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.tmpfs.Tmpfs;
import dev.ristretto.storage.vfs.OpenFlags;
import dev.ristretto.storage.vfs.Vfs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalPathTest {
    private final Vfs vfs = new Vfs(new Tmpfs(0, 100, () -> 0), 0);

    @BeforeEach
    void fill() throws ErrnoException {
        vfs.makeDirectory(vfs.root(), "/a", 0755);
        vfs.makeDirectory(vfs.root(), "/a/b", 0755);
        vfs.open(vfs.root(), "/a/file", OpenFlags.O_WRONLY | OpenFlags.O_CREAT, 0644);
        vfs.makeSymbolicLink(vfs.root(), "/link", "a/b");
        vfs.makeSymbolicLink(vfs.root(), "/dangling", "nowhere");
        vfs.makeSymbolicLink(vfs.root(), "/loop", "loop");
    }

    /** Expectations are what {@code File.getCanonicalPath} of the JDK returns on Linux for such a tree. */
    @ParameterizedTest
    @CsvSource({"/, /", "/a/b, /a/b", "/a/./b/, /a/b", "/link, /a/b", "/link/.., /a", "/link/x/y, /a/b/x/y", "/x/y, /x/y", "/x/../a, /a",
            "/x/../../.., /", "/dangling, /dangling", "/dangling/x, /dangling/x", "/a/file/x, /a/file/x", "/a/file/../b, /a/b"})
    void resolvesWhatExistsAndTidiesTheRest(String path, String canonical) throws ErrnoException {
        assertEquals(canonical, CanonicalPath.of(vfs, path));
    }

    @Test
    void otherFailuresAreReported() {
        assertEquals(Errno.ELOOP, assertThrows(ErrnoException.class, () -> CanonicalPath.of(vfs, "/loop/x")).errno());
        assertEquals(Errno.ENAMETOOLONG, assertThrows(ErrnoException.class, () -> CanonicalPath.of(vfs, "/" + "x".repeat(256))).errno());
    }
}
