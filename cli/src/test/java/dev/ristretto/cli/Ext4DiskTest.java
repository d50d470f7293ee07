package dev.ristretto.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.cli.disk.DiskCheck;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code disk} and {@code run --disk} with a file system from elsewhere: one that {@code mke2fs -t ext4} 1.47 made, with a file that has two names,
 * a folder, a link and a pipe.
 */
class Ext4DiskTest {
    private static final String ONLY_READ = "ristretto: disk.img: it holds an ext4 file system, which can only be read here\n";
    private static final String HINT = "  Change it with Linux; or copy what is in it to a disk of ours: ristretto disk get, create, put.\n";

    @TempDir
    private Path directory;

    private Path image;
    private byte[] content;
    private String out;
    private String err;

    @BeforeEach
    void unpack() throws Exception {
        image = directory.resolve("disk.img");
        try (InputStream in = Ext4DiskTest.class.getResourceAsStream("ext4.img.gz")) {
            content = new GZIPInputStream(in).readAllBytes();
        }
        Files.write(image, content);
    }

    private int disk(String command, String... args) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        String[] all = new String[args.length + 2];
        all[0] = "disk";
        all[1] = command;
        System.arraycopy(args, 0, all, 2, args.length);
        int code = Main.run(all, new ByteArrayInputStream(new byte[0]), output, new PrintStream(errors, true, StandardCharsets.UTF_8), false);
        out = output.toString(StandardCharsets.UTF_8).replace(directory + "/", "");
        err = errors.toString(StandardCharsets.UTF_8).replace(directory + "/", "");
        return code;
    }

    private String did(String command, String... args) {
        assertEquals(0, disk(command, args), () -> err);
        assertEquals("", err);
        return out;
    }

    @Test
    void itIsRead() throws Exception {
        assertEquals("""
                -rw-r-----   2              21  2020-02-03 04:05  /again.txt
                drwxr-xr-x   2           1,024  2020-02-03 04:05  /folder/
                -rw-r--r--   1           5,000  2020-02-03 04:05  /folder/data.txt
                -rw-r-----   2              21  2020-02-03 04:05  /hello.txt
                lrwxrwxrwx   1               9  2020-02-03 04:05  /link -> hello.txt
                prw-r--r--   1               0  2020-02-03 04:05  /pipe
                """, did("ls", "-lR", image.toString()));
        assertEquals("hello from elsewhere\nhello from elsewhere\n", did("cat", image.toString(), "/hello.txt", "/link"));
        did("get", image.toString(), "/folder", directory.toString());
        assertEquals("x".repeat(5000), Files.readString(directory.resolve("folder/data.txt")));
        did("get", image.toString(), "/hello.txt", directory.toString());
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("hello.txt"))));
        assertEquals(125, disk("cat", image.toString(), "/pipe"));
        assertEquals("ristretto: disk.img: /pipe is neither file nor directory\n", err);
        assertArrayEquals(content, Files.readAllBytes(image));
    }

    @Test
    void checkReadsAll() throws Exception {
        assertEquals("disk.img \"tiny\": 00112233-4455-6677-8899-aabbccddeeff, 256 KiB of ext4; 2 files, 2 directories, 1 symbolic links, 1 others\n",
                did("check", image.toString()));
        int name = new String(content, StandardCharsets.ISO_8859_1).indexOf("data.txt");
        content[name] ^= 1;
        Files.write(image, content);
        assertEquals(1, disk("check", image.toString()));
        assertTrue(out.endsWith("1 files, 2 directories, 1 symbolic links, 1 others\n  /folder: Input/output error\n"), out);
        assertEquals("ristretto: disk.img is damaged\n  What can be read, 'ristretto disk get' copies; e2fsck repairs it on Linux, begin with a copy.\n", err);
    }

    @Test
    void itIsNotChanged() throws Exception {
        Path source = Files.writeString(directory.resolve("source"), "text");
        for (String[] command : new String[][] {{"put", image.toString(), source.toString()}, {"rm", image.toString(), "/hello.txt"},
            {"resize", image.toString(), "1m"}}) {
            assertEquals(125, disk(command[0], command[1], command[2]));
            assertEquals(ONLY_READ + HINT, err);
        }
        assertArrayEquals(content, Files.readAllBytes(image));
    }

    @Test
    void runTakesItForReadingAndFormatsItNever() throws Exception {
        DiskCheck.check(image, true, false);
        DiskCheck.check(image, true, true);
        for (boolean format : new boolean[] {false, true}) {
            CliException e = assertThrows(CliException.class, () -> DiskCheck.check(image, false, format));
            assertEquals(image + ": it holds an ext4 file system, which can only be read here", e.getMessage());
            assertEquals("Say --disk " + image + ":ro.", e.hint());
        }
        content[1024 + 0x100] ^= 1;
        Files.write(image, content);
        for (boolean readOnly : new boolean[] {false, true}) {
            CliException e = assertThrows(CliException.class, () -> DiskCheck.check(image, readOnly, true));
            assertEquals(image + ": its ext4 file system is damaged: what the superblock says cannot be", e.getMessage());
        }
        assertArrayEquals(content, Files.readAllBytes(image));
    }
}
