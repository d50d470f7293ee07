package dev.ristretto.storage.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ext4.Ext4Exception.Problem;
import dev.ristretto.storage.host.FileBlockDevice;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.vfs.Vfs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mke2fs} makes of a folder is what was in the folder. */
class Ext4Test {
    private static final int CACHE = 256 << 10;

    @TempDir
    private Path temporary;

    private Path folder;

    private Path image() {
        return temporary.resolve("disk.img");
    }

    private interface Use {
        void with(Ext4 fileSystem) throws Exception;
    }

    private void mounted(Use use) throws Exception {
        try (FileBlockDevice device = FileBlockDevice.open(image(), true)) {
            assertTrue(Ext4.isFormatted(device));
            use.with(Ext4.mount(device, CACHE));
        }
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** A folder with something of every kind. */
    private void fillFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("folder"));
        for (int size : new int[] {0, 1, 59, 60, 61, 100, 150, 1023, 1024, 1025, 4096, 12 * 1024, 13 * 1024 + 7, 300_000, 5_000_000}) {
            Files.write(folder.resolve("file" + size), random(size, size));
        }
        Path deep = Files.createDirectories(folder.resolve("a/b/c/d"));
        Files.writeString(deep.resolve("leaf"), "at the end");
        Files.createDirectory(folder.resolve("empty"));
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < 400; i++) {
            Files.writeString(many.resolve("a name that is rather long, so that they need space " + i), "content " + i);
        }
        Files.writeString(folder.resolve("Übergröße-\uD83D\uDE00"), "a name in Unicode");
        Files.writeString(folder.resolve("x".repeat(255)), "the longest name");
        Files.createSymbolicLink(folder.resolve("fast"), Path.of("a/b/c"));
        Files.createSymbolicLink(folder.resolve("fast59"), Path.of("y".repeat(59)));
        Files.createSymbolicLink(folder.resolve("slow60"), Path.of("y".repeat(60)));
        Files.createSymbolicLink(folder.resolve("slow"), Path.of("d/".repeat(400) + "e"));
        Files.createLink(folder.resolve("a/hard"), folder.resolve("file1025"));
        Files.setPosixFilePermissions(folder.resolve("file1"), PosixFilePermissions.fromString("rwx--x-w-"));
        Files.setAttribute(folder.resolve("file59"), "unix:mode", 06755);
        Files.setLastModifiedTime(folder.resolve("file60"), FileTime.fromMillis(1_000_000_000_000L));
        Files.setLastModifiedTime(folder.resolve("file61"), FileTime.fromMillis(-1_000_000_000_000L));
        sparse(folder.resolve("sparse"), 70_000_000, 0, 4096, 1_000_000, 69_999_999);
        sparse(folder.resolve("hole only"), 9_000_000);
        try {
            Files.setAttribute(folder.resolve("file100"), "unix:uid", 70_000);
            Files.setAttribute(folder.resolve("file100"), "unix:gid", 80_000);
        } catch (IOException e) {
            System.out.println("SKIPPED: owners beyond 16 bits, because this user may not give files away: " + e.getMessage());
        }
    }

    private static void sparse(Path file, long size, long... places) throws IOException {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            content.setLength(size);
            for (long place : places) {
                content.seek(place);
                content.write((int) place | 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-t ext4", "-t ext4 -b 1024", "-t ext4 -b 2048", "-t ext4 -b 4096", "-t ext4 -b 65536", "-t ext4 -O ^extents", "-t ext4 -I 128",
        "-t ext4 -I 1024", "-t ext2", "-t ext2 -b 4096", "-t ext3", "-t ext2 -r 0", "-t ext4 -O ^metadata_csum", "-t ext4 -O ^metadata_csum,uninit_bg",
        "-t ext4 -O inline_data", "-t ext4 -O inline_data -b 4096 -I 1024", "-t ext4 -O large_dir", "-t ext4 -O ^64bit", "-t ext4 -O ^64bit,^metadata_csum",
        "-t ext4 -O metadata_csum_seed", "-t ext4 -O ^resize_inode,meta_bg -b 1024 -g 1024", "-t ext4 -O bigalloc -C 65536", "-t ext4 -O ^flex_bg",
        "-t ext4 -O ^has_journal", "-t ext4 -O sparse_super2 -b 1024", "-t ext4 -O ea_inode,mmp", "-t ext4 -O casefold", "-t ext4 -O ^filetype",
        "-t ext4 -N 2000 -g 8192 -b 4096"})
    void aFolderAsItWas(String options) throws Exception {
        fillFolder();
        Mke2fs.make(image(), folder, "64m", options.split(" "));
        mounted(fileSystem -> {
            FolderComparison.compareRoot(folder, fileSystem);
            assertEquals(fileSystem.root().lookup("file1025"), ((DirectoryNode) fileSystem.root().lookup("a")).lookup("hard"));
            assertNotEquals(fileSystem.root().lookup("file1025"), fileSystem.root().lookup("file1024"));
            assertEquals(64 << 20, fileSystem.size());
            assertEquals("ext4", fileSystem.type());
        });
    }
}
