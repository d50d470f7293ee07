package dev.ristretto.imagetests.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FilesTest extends Workspace {
    @Test
    void writesAndReadsWholeFiles() throws IOException {
        Path file = file("text", "Grüße\nzweite Zeile\n");
        assertEquals("Grüße\nzweite Zeile\n", Files.readString(file));
        assertEquals(List.of("Grüße", "zweite Zeile"), Files.readAllLines(file));
        assertEquals(21, Files.size(file));
        Files.write(file, List.of("x"), StandardOpenOption.APPEND);
        try (Stream<String> lines = Files.lines(file)) {
            assertEquals(List.of("Grüße", "zweite Zeile", "x"), lines.toList());
        }
        byte[] large = new byte[300_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 >> 3);
        }
        Files.write(file, large);
        assertArrayEquals(large, Files.readAllBytes(file));
        assertEquals(-1, Files.mismatch(file, Files.write(path("same"), large)));
        Files.write(path("same"), new byte[] {1});
        assertEquals(0, Files.mismatch(file, path("same")));
    }

    @Test
    void streamsAndReaders() throws IOException {
        try (OutputStream out = Files.newOutputStream(path("f"))) {
            for (int i = 0; i < 1000; i++) {
                out.write(("line " + i + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        try (BufferedReader reader = Files.newBufferedReader(path("f"))) {
            assertEquals("line 0", reader.readLine());
            assertEquals(999, reader.lines().count());
        }
        try (InputStream in = Files.newInputStream(path("f"))) {
            assertEquals(Files.size(path("f")), in.available());
            in.skipNBytes(5);
            assertEquals('0', in.read());
            assertEquals(Files.size(path("f")) - 6, in.readAllBytes().length);
            assertEquals(-1, in.read());
        }
    }

    @Test
    void openOptions() throws IOException {
        Path file = path("f");
        assertThrows(NoSuchFileException.class, () -> Files.newOutputStream(file, StandardOpenOption.WRITE));
        Files.write(file, new byte[3], StandardOpenOption.CREATE_NEW);
        assertThrows(FileAlreadyExistsException.class, () -> Files.write(file, new byte[3], StandardOpenOption.CREATE_NEW));
        Files.write(file, new byte[] {9}, StandardOpenOption.WRITE);
        assertArrayEquals(new byte[] {9, 0, 0}, Files.readAllBytes(file), "not cut unless asked");
        Files.write(file, new byte[] {9}, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        assertEquals(1, Files.size(file));
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.DELETE_ON_CLOSE)) {
            out.write(1);
        }
        assertFalse(Files.exists(file));
        file("t", "t");
        Files.createSymbolicLink(path("l"), Path.of("t"));
        assertThrows(IOException.class, () -> Files.newInputStream(path("l"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void directories() throws IOException {
        Files.createDirectories(path("a/b/c"));
        Files.createDirectories(path("a/b/c"));
        assertTrue(Files.isDirectory(path("a/b")));
        assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectory(path("a")));
        assertThrows(NoSuchFileException.class, () -> Files.createDirectory(path("x/y")));
        assertThrows(DirectoryNotEmptyException.class, () -> Files.delete(path("a")));
        Files.delete(path("a/b/c"));
        assertFalse(Files.deleteIfExists(path("a/b/c")));
        assertThrows(NoSuchFileException.class, () -> Files.delete(path("a/b/c")));
        file("f", "");
        assertThrows(FileAlreadyExistsException.class, () -> Files.createDirectories(path("f")));
        assertThrows(FileSystemException.class, () -> Files.createDirectory(path("f/below")));
        assertThrows(NotDirectoryException.class, () -> Files.newDirectoryStream(path("f")).close());
    }

    @Test
    void listings() throws IOException {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < 300; i++) {
            names.add("entry-" + i + (i % 3 == 0 ? ".txt" : ".bin"));
        }
        for (String name : names) {
            file(name, name);
        }
        Set<String> listed = new TreeSet<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(p -> assertTrue(listed.add(p.getFileName().toString())));
        }
        assertEquals(names, listed);
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*.txt")) {
            int count = 0;
            for (Path file : stream) {
                assertEquals(file.getFileName().toString(), Files.readString(file));
                count++;
            }
            assertEquals(100, count);
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void walking() throws IOException {
        Files.createDirectories(path("a/b"));
        Files.createDirectories(path("c"));
        file("a/one", "1");
        file("a/b/two", "22");
        file("c/three", "333");
        Files.createSymbolicLink(path("c/back"), directory);
        try (Stream<Path> walk = Files.walk(directory)) {
            assertEquals(List.of("", "a", "a/b", "a/b/two", "a/one", "c", "c/back", "c/three"),
                    walk.map(p -> directory.relativize(p).toString()).sorted().toList());
        }
        try (Stream<Path> walk = Files.walk(directory, 1)) {
            assertEquals(3, walk.count());
        }
        try (Stream<Path> found = Files.find(directory, 5, (p, attributes) -> attributes.isRegularFile() && attributes.size() > 1)) {
            assertEquals(Set.of("two", "three"), Set.copyOf(found.map(p -> p.getFileName().toString()).toList()));
        }
        try (Stream<Path> walk = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            Exception loop = assertThrows(java.io.UncheckedIOException.class, walk::count);
            assertTrue(loop.getCause() instanceof FileSystemLoopException, loop::toString);
        }
    }

    @Test
    void temporaryFiles() throws IOException {
        Path first = Files.createTempFile(directory, "pre", ".suf");
        Path second = Files.createTempFile(directory, "pre", ".suf");
        assertNotEquals(first, second);
        assertTrue(first.getFileName().toString().startsWith("pre") && first.toString().endsWith(".suf"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(first)));
        Path somewhere = Files.createTempFile(null, null);
        assertTrue(somewhere.startsWith(System.getProperty("java.io.tmpdir")));
        Files.delete(somewhere);
    }

    @Test
    void copying() throws IOException {
        file("f", "content");
        Files.copy(path("f"), path("g"));
        assertEquals("content", Files.readString(path("g")));
        assertThrows(FileAlreadyExistsException.class, () -> Files.copy(path("f"), path("g")));
        file("f", "new content");
        Files.setLastModifiedTime(path("f"), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
        Files.copy(path("f"), path("g"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        assertEquals("new content", Files.readString(path("g")));
        assertEquals(Instant.parse("2001-02-03T04:05:06Z"), Files.getLastModifiedTime(path("g")).toInstant());
        Files.createDirectory(path("d"));
        file("d/x", "");
        Files.copy(path("d"), path("e"));
        assertTrue(Files.isDirectory(path("e")));
        assertFalse(Files.exists(path("e/x")), "a directory is copied without what is in it");
        assertThrows(DirectoryNotEmptyException.class, () -> Files.copy(path("e"), path("d"), StandardCopyOption.REPLACE_EXISTING));
        Files.createSymbolicLink(path("l"), Path.of("f"));
        Files.copy(path("l"), path("m"), LinkOption.NOFOLLOW_LINKS);
        assertEquals("f", Files.readSymbolicLink(path("m")).toString());
        byte[] large = new byte[200_000];
        large[199_999] = 1;
        Files.write(path("large"), large);
        Files.copy(path("large"), path("large2"));
        assertArrayEquals(large, Files.readAllBytes(path("large2")));
        assertEquals(200_000, Files.copy(path("large"), OutputStream.nullOutputStream()));
        try (InputStream in = Files.newInputStream(path("large"))) {
            assertEquals(200_000, Files.copy(in, path("large3")));
        }
    }

    @Test
    void moving() throws IOException {
        file("f", "content");
        Files.move(path("f"), path("g"));
        assertFalse(Files.exists(path("f")));
        assertEquals("content", Files.readString(path("g")));
        file("h", "other");
        assertThrows(FileAlreadyExistsException.class, () -> Files.move(path("g"), path("h")));
        Files.move(path("g"), path("h"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals("content", Files.readString(path("h")));
        Files.move(path("h"), path("i"), StandardCopyOption.ATOMIC_MOVE);
        Files.createDirectories(path("d/below"));
        file("d/below/x", "x");
        Files.move(path("d"), path("e"));
        assertEquals("x", Files.readString(path("e/below/x")));
        assertThrows(FileSystemException.class, () -> Files.move(path("e"), path("e/below/y")), "into itself");
        Files.createDirectory(path("empty"));
        Files.move(path("i"), path("empty"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals("content", Files.readString(path("empty")));
        assertThrows(DirectoryNotEmptyException.class, () -> Files.move(path("empty"), path("e"), StandardCopyOption.REPLACE_EXISTING));
        assertThrows(AtomicMoveNotSupportedException.class,
                () -> Files.move(path("empty"), Path.of("/dev/elsewhere"), StandardCopyOption.ATOMIC_MOVE));
    }

    @Test
    void links() throws IOException {
        file("f", "content");
        Files.createLink(path("hard"), path("f"));
        assertTrue(Files.isSameFile(path("f"), path("hard")));
        assertEquals(2, Files.getAttribute(path("f"), "unix:nlink"));
        Files.delete(path("f"));
        assertEquals("content", Files.readString(path("hard")));
        Files.createSymbolicLink(path("soft"), Path.of("hard"));
        assertEquals("content", Files.readString(path("soft")));
        assertTrue(Files.isSymbolicLink(path("soft")));
        assertTrue(Files.isRegularFile(path("soft")));
        assertFalse(Files.isRegularFile(path("soft"), LinkOption.NOFOLLOW_LINKS));
        assertEquals(Path.of("hard"), Files.readSymbolicLink(path("soft")));
        assertEquals(path("hard").toRealPath(), path("soft").toRealPath());
        assertEquals(path("soft"), directory.resolve("./soft").toRealPath(LinkOption.NOFOLLOW_LINKS));
        assertThrows(NotLinkException.class, () -> Files.readSymbolicLink(path("hard")));
        assertThrows(FileAlreadyExistsException.class, () -> Files.createSymbolicLink(path("soft"), Path.of("x")));
        Files.createSymbolicLink(path("dangling"), Path.of("nowhere"));
        assertFalse(Files.exists(path("dangling")));
        assertTrue(Files.exists(path("dangling"), LinkOption.NOFOLLOW_LINKS));
        Files.createSymbolicLink(path("loop1"), Path.of("loop2"));
        Files.createSymbolicLink(path("loop2"), Path.of("loop1"));
        FileSystemException loop = assertThrows(FileSystemException.class, () -> Files.readString(path("loop1")));
        assertTrue(loop.getMessage().contains("Too many levels of symbolic links"), loop.getMessage());
    }

    @Test
    void attributesAndTimes() throws IOException {
        Instant before = Instant.now().minusSeconds(2);
        Path file = file("f", "12345");
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        assertEquals(5, attributes.size());
        assertTrue(attributes.isRegularFile() && !attributes.isDirectory() && !attributes.isSymbolicLink() && !attributes.isOther());
        Instant modified = attributes.lastModifiedTime().toInstant();
        assertTrue(modified.isAfter(before) && modified.isBefore(Instant.now().plusSeconds(2)), modified::toString);
        assertTrue(Duration.between(attributes.creationTime().toInstant(), modified).abs().toSeconds() < 60);
        Instant exact = Instant.parse("2020-12-31T23:59:59.123456789Z");
        Files.setLastModifiedTime(file, FileTime.from(exact));
        assertEquals(exact, Files.getLastModifiedTime(file).toInstant());
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("1960-01-01T00:00:00Z")));
        assertEquals("1960-01-01T00:00:00Z", Files.getLastModifiedTime(file).toString());
        assertEquals(attributes.fileKey(), Files.readAttributes(file, BasicFileAttributes.class).fileKey());
        assertNotEquals(attributes.fileKey(), Files.readAttributes(directory, BasicFileAttributes.class).fileKey());
        assertTrue(Files.readAttributes(file, "unix:*").keySet().containsAll(Set.of("ino", "dev", "mode", "uid", "ctime")));
        assertEquals(5L, Files.getAttribute(file, "size"));
    }

    @Test
    void permissionsAndOwners() throws IOException {
        Path file = file("f", "");
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-x-w---x"));
        PosixFileAttributes attributes = Files.readAttributes(file, PosixFileAttributes.class);
        assertEquals("r-x-w---x", PosixFilePermissions.toString(attributes.permissions()));
        assertEquals(Files.getOwner(file), attributes.owner());
        Files.setOwner(file, attributes.owner());
        Files.getFileAttributeView(file, PosixFileAttributeView.class).setGroup(attributes.group());
        Path made = Files.createFile(path("made"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-")));
        assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(made)), "less the umask");
        assertTrue(Files.isReadable(file));
        assertTrue(Files.isExecutable(file));
        assertFalse(Files.isExecutable(made));
        assertTrue(Files.isWritable(made));
        assertFalse(Files.isHidden(file));
        assertTrue(Files.isHidden(path(".f")));
    }

    @Test
    void stores() throws IOException {
        FileStore store = Files.getFileStore(file("f", "x"));
        assertTrue(store.getTotalSpace() > 0);
        assertTrue(store.getUsableSpace() <= store.getTotalSpace());
        assertFalse(store.isReadOnly());
        assertTrue(store.supportsFileAttributeView("posix"));
        assertEquals(store, Files.getFileStore(directory));
        assertEquals(store.name(), Files.getFileStore(directory).name());
    }

    @Test
    void errorsNameTheFileAndTheReason() throws IOException {
        NoSuchFileException missing = assertThrows(NoSuchFileException.class, () -> Files.readString(path("missing")));
        assertEquals(path("missing").toString(), missing.getFile());
        assertNull(missing.getReason());
        file("f", "");
        FileSystemException below = assertThrows(FileSystemException.class, () -> Files.readString(path("f/below")));
        assertEquals("Not a directory", below.getReason());
        FileSystemException tooLong = assertThrows(FileSystemException.class, () -> file("x".repeat(256), ""));
        assertEquals("File name too long", tooLong.getReason());
        IOException isDirectory = assertThrows(IOException.class, () -> Files.readAllBytes(directory));
        assertTrue(isDirectory.getMessage().contains("Is a directory"), isDirectory.getMessage());
        file("é".repeat(127), "as long as can be");
    }

    @Test
    void relativePathsBeginAtTheUsersDirectory() throws IOException {
        Path user = Path.of(System.getProperty("user.dir"));
        assertEquals(user, Path.of("").toAbsolutePath());
        assertEquals(user.toRealPath(), Path.of("").toRealPath());
        assertEquals(user.resolve("x/y"), Path.of("x/y").toAbsolutePath());
        Path relative = user.toRealPath().relativize(directory.toRealPath()).resolve("by-relative-path");
        Files.writeString(relative, "found");
        assertEquals("found", Files.readString(path("by-relative-path")));
    }

    @Test
    void devicesThatEveryProgramExpects() throws IOException {
        Files.writeString(Path.of("/dev/null"), "gone");
        assertEquals("", Files.readString(Path.of("/dev/null")));
        assertTrue(Files.readAttributes(Path.of("/dev/null"), BasicFileAttributes.class).isOther());
        try (InputStream zero = Files.newInputStream(Path.of("/dev/zero"));
                InputStream random = Files.newInputStream(Path.of("/dev/urandom"))) {
            assertArrayEquals(new byte[1000], zero.readNBytes(1000));
            byte[] first = random.readNBytes(100);
            assertFalse(Arrays.equals(first, random.readNBytes(100)));
            List<Byte> values = new ArrayList<>();
            for (byte b : first) {
                if (!values.contains(b)) {
                    values.add(b);
                }
            }
            assertTrue(values.size() > 50, "a hundred random bytes are mostly different");
        }
        IOException full = assertThrows(IOException.class, () -> Files.writeString(Path.of("/dev/full"), "x"));
        assertTrue(full.getMessage().contains("No space left on device"), full.getMessage());
    }
}
