package dev.ristretto.imagetests.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What only an image has: a root that nobody can write to, and a directory for temporary files that is memory. */
@EnabledIfSystemProperty(named = "org.graalvm.nativeimage.imagecode", matches = "runtime",
        disabledReason = "a sealed root is a matter of images")
class SealedImageTest extends Workspace {
    @Test
    void theRootIsReadOnly() {
        FileNotFoundException refused = assertThrows(FileNotFoundException.class, () -> new FileOutputStream("/file"));
        assertEquals("/file (Read-only file system)", refused.getMessage());
        FileSystemException directoryRefused = assertThrows(FileSystemException.class, () -> Files.createDirectory(Path.of("/app/new")));
        assertEquals("Read-only file system", directoryRefused.getReason());
        assertTrue(Files.isDirectory(Path.of("/app")));
    }

    @Test
    void mountsAreListed() {
        StringBuilder types = new StringBuilder();
        FileSystems.getDefault().getFileStores().forEach(store -> types.append(store.type()).append(' '));
        assertTrue(types.toString().startsWith("sealed devtmpfs tmpfs "), types.toString());
    }

    @Test
    void theDirectoryForTemporaryFilesHasALimitAndRecovers() throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        byte[] chunk = new byte[1 << 20];
        chunk[5] = 5;
        Path file = path("f");
        IOException full = assertThrows(IOException.class, () -> {
            for (int i = 0; ; i++) {
                Files.write(file, chunk, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        });
        assertTrue(full.getMessage().contains("No space left on device"), full.getMessage());
        assertTrue(Files.size(file) > free / 2);
        byte[] begin = new byte[chunk.length];
        try (var in = Files.newInputStream(file)) {
            in.readNBytes(begin, 0, begin.length);
        }
        assertArrayEquals(chunk, begin, "what has been written is intact");
        Files.delete(file);
        // More than before if a stream that an earlier test forgot was collected meanwhile.
        assertTrue(Files.getFileStore(directory).getUsableSpace() >= free, "deleting gives everything back");
    }

    @Test
    void aMapThatIsLargerThanMemoryIsRefused() throws IOException {
        try (FileChannel channel = FileChannel.open(path("f"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            IOException failure = assertThrows(IOException.class, () -> channel.map(MapMode.READ_WRITE, 0, 1L << 40, Arena.global()));
            assertEquals("Map failed", failure.getMessage());
            assertEquals("Map failed", assertInstanceOf(OutOfMemoryError.class, failure.getCause()).getMessage());
            assertEquals(0, channel.map(MapMode.READ_WRITE, 0, 1_000_000).get(999_999));
        }
    }

    @Test
    void whatLiesBeyondTheEndOfAMappedFileIsZeros() throws IOException {
        try (FileChannel channel = FileChannel.open(path("f"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = channel.map(MapMode.READ_WRITE, 0, 20_000);
            map.put(19_999, (byte) 1);
            channel.truncate(100);
            assertEquals(0, map.get(19_999));
            map.put(10_000, (byte) 2);
            map.force();
            assertEquals(100, channel.size());
            channel.write(ByteBuffer.wrap(new byte[1]), 15_000);
            assertEquals(0, map.get(10_000));
        }
    }

    @Test
    void whatCannotWorkSaysSo() throws IOException {
        file("f", "content");
        assertThrows(UnsupportedOperationException.class, () -> FileSystems.getDefault().newWatchService());
        assertFalse(Files.getFileStore(path("f")).supportsFileAttributeView("user"));
        FileSystemException attribute = assertThrows(FileSystemException.class,
                () -> Files.setAttribute(path("f"), "user:comment", new byte[1]));
        assertTrue(attribute.getMessage().contains("Operation not supported"), attribute.getMessage());
    }
}
