package dev.ristretto.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskCommandTest {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private byte[] input = new byte[0];
    private String disk;

    @BeforeEach
    void nameDisk() {
        disk = directory.resolve("notes.img").toString();
    }

    private int disk(String... args) {
        out.reset();
        err.reset();
        String[] all = new String[args.length + 1];
        all[0] = "disk";
        System.arraycopy(args, 0, all, 1, args.length);
        return Main.run(all, new ByteArrayInputStream(input), out, new PrintStream(err, true, StandardCharsets.UTF_8), false);
    }

    private String did(String... args) {
        assertEquals(0, disk(args), () -> err());
        assertEquals("", err());
        return out.toString(StandardCharsets.UTF_8);
    }

    private void fails(int code, String message, String... args) {
        assertEquals(code, disk(args), () -> out + err());
        assertEquals(message, err());
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).replace(directory.toString() + "/", "");
    }

    private Path file(String name, byte[] content) throws Exception {
        return Files.write(directory.resolve(name), content);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void filesGoThereAndBack() throws Exception {
        byte[] content = random(3_000_000);
        Path source = file("data.bin", content);
        Files.setLastModifiedTime(source, FileTime.fromMillis(1_000_000_000_000L));
        Files.setPosixFilePermissions(source, PosixFilePermissions.fromString("rwxr-x---"));
        assertEquals("", did("create", disk, "--size", "16m", "--label", "my notes"));
        assertEquals(16 << 20, Files.size(Path.of(disk)));
        assertEquals("", did("ls", disk));
        did("put", disk, source.toString());
        did("put", disk, source.toString(), "/a/b/c.bin");
        did("put", disk, source.toString(), "/a/b");
        input = "from a pipe".getBytes(StandardCharsets.UTF_8);
        did("put", disk, "-", "/a/text");
        assertEquals("a/\ndata.bin\n", did("ls", disk));
        assertEquals("b/\ntext\n", did("ls", disk, "/a"));
        assertEquals("/a/\n/a/b/\n/a/b/c.bin\n/a/b/data.bin\n/a/text\n/data.bin\n", did("ls", "-R", disk));
        assertEquals("-rwxr-x---   1       3,000,000  2001-09-09 01:46  /data.bin\n", did("ls", "-l", disk, "/data.bin"));
        assertEquals("from a pipe", did("cat", disk, "/a/text"));
        assertEquals("from a pipefrom a pipe", did("cat", disk, "/a/text", "/a/../a/text"));
        did("get", disk, "/a/b/c.bin", directory.resolve("back.bin").toString());
        assertArrayEquals(content, Files.readAllBytes(directory.resolve("back.bin")));
        assertEquals(FileTime.fromMillis(1_000_000_000_000L), Files.getLastModifiedTime(directory.resolve("back.bin")));
        assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("back.bin"))));
        String report = did("check", disk);
        assertTrue(report.contains(" \"my notes\": ") && report.contains("16 MiB; 4 files, 3 directories, 0 symbolic links; 8.6 MiB in use"), report);
        did("rm", disk, "/data.bin", "/a/b/c.bin");
        did("rm", "-r", disk, "/a");
        assertEquals("", did("ls", disk));
        assertTrue(did("check", "--quick", disk).contains("0 files, 1 directories"), out.toString());
    }

    @Test
    void foldersGoThereAndBack() throws Exception {
        Path folder = Files.createDirectories(directory.resolve("site/pages/empty")).getParent().getParent();
        Files.write(folder.resolve("index.html"), random(10_000));
        Files.write(folder.resolve("pages/überall.txt"), random(0));
        Files.createSymbolicLink(folder.resolve("start"), Path.of("pages/index.html"));
        did("create", disk, "--size", "2m");
        did("put", disk, folder.toString());
        did("put", disk, folder.toString(), "/");
        assertEquals("/site/\n/site/index.html\n/site/pages/\n/site/pages/empty/\n/site/pages/überall.txt\n/site/start\n", did("ls", "-R", disk));
        assertTrue(did("ls", "-l", disk, "/site").contains("start -> pages/index.html"), out.toString());
        Path back = Files.createDirectory(directory.resolve("back"));
        did("get", disk, "/site", back.toString());
        assertArrayEquals(random(10_000), Files.readAllBytes(back.resolve("site/index.html")));
        assertEquals(0, Files.size(back.resolve("site/pages/überall.txt")));
        assertEquals("pages/index.html", Files.readSymbolicLink(back.resolve("site/start")).toString());
        assertTrue(Files.isDirectory(back.resolve("site/pages/empty")));
        fails(125, "ristretto: back/site/index.html exists already\n  Name another file, or say --force to replace it.\n",
                "get", disk, "/site", back.toString());
        did("get", "--force", disk, "/site", back.toString());
        did("get", disk, "/", directory.resolve("all").toString());
        assertTrue(Files.exists(directory.resolve("all/site/index.html")));
    }

    @Test
    void grows() throws Exception {
        did("create", disk, "--size", "2m");
        Path large = file("large", random(5_000_000));
        fails(125, "ristretto: notes.img: /large: No space left on device\n"
                + "  Remove something, or make the disk larger: ristretto disk resize " + "notes.img SIZE\n", "put", disk, large.toString());
        assertEquals("", did("ls", disk), "half a file is removed");
        did("resize", disk, "1g");
        did("put", disk, large.toString());
        assertEquals(1 << 30, Files.size(Path.of(disk)));
        assertTrue(did("check", disk).contains("1 GiB; 1 files"), out.toString());
        fails(125, "ristretto: notes.img has 1 GiB and cannot be made smaller\n"
                + "  Make a smaller disk and copy the files: ristretto disk get, ristretto disk put.\n", "resize", disk, "512m");
    }

    /** Larger than a file can be on ext4; other file systems may have room for it. */
    @Test
    void aDiskThatCannotBeMadeLeavesNoFile() {
        assertEquals(disk("create", disk, "--size", "99t") == 0, Files.exists(Path.of(disk)), () -> err());
    }

    @Test
    void whatIsNotThere() throws Exception {
        fails(125, "ristretto: notes.img does not exist\n  'ristretto disk create notes.img' makes a disk.\n", "ls", disk);
        fails(125, "ristretto: " + directory + " is a folder, not a disk\n  Name the file of a disk.\n", "ls", directory.toString());
        did("create", disk, "--size", "1m");
        fails(125, "ristretto: notes.img: /nowhere: No such file or directory\n  'ristretto disk ls notes.img' shows what is there.\n",
                "cat", disk, "/nowhere");
        fails(125, "ristretto: notes.img: /nowhere: No such file or directory\n  'ristretto disk ls notes.img' shows what is there.\n",
                "rm", disk, "/nowhere");
        fails(125, "ristretto: missing does not exist\n", "put", disk, directory.resolve("missing").toString());
        fails(125, "ristretto: notes.img: / is a directory\n  'ristretto disk ls' lists it, 'disk get' copies it.\n", "cat", disk, "/");
        fails(125, "ristretto: notes.img: /: Is a directory\n  Say -r to remove a directory with all that is in it.\n", "rm", disk, "/");
    }

    @Test
    void wrongCommandLines() {
        fails(2, "ristretto: What shall be done? help, cat, check, create, get, ls, put, resize, rm\n  'ristretto disk --help' shows what can be said.\n"
                .replace("help, ", ""));
        assertEquals(2, disk("create", disk, "--size", "huge"));
        assertTrue(err().contains("'huge' is no size of a disk; say MiB such as 512, or 512m, 20g, 1t"), err());
        assertEquals(2, disk("create", disk, "--label", "x".repeat(64)));
        assertEquals(2, disk("put", disk, "-"));
        assertTrue(err().contains("Standard input has no name"), err());
        assertFalse(Files.exists(Path.of(disk)));
    }

    @Test
    void nothingIsLostWithoutBeingAsked() throws Exception {
        file("notes.img", random(2_000_000));
        fails(125, "ristretto: notes.img exists already\n  Name another file, or say --force: what is in it is lost then.\n", "create", disk);
        fails(125, "ristretto: notes.img: there is no file system of ours\n  'ristretto disk create' makes one in a new file.\n", "ls", disk);
        fails(125, "ristretto: notes.img: there is no file system of ours\n  'ristretto disk create' makes one in a new file.\n", "put", disk, disk);
        assertArrayEquals(random(2_000_000), Files.readAllBytes(Path.of(disk)));
        did("create", "--force", "--size", "1m", disk);
        assertEquals("", did("ls", disk));
        fails(125, "ristretto: small.img: it is too small: 4096 bytes, and a file system needs 1048576\n"
                + "  If it was cut off, get it again in one piece; a new disk needs 1 MiB at least.\n", "create", directory.resolve("small.img").toString(),
                "--size", "4k");
        assertFalse(Files.exists(directory.resolve("small.img")));
    }

    @Test
    void damage() throws Exception {
        did("create", disk, "--size", "2m");
        byte[] content = random(300_000);
        did("put", disk, file("a", content).toString());
        did("put", disk, file("b", random(5)).toString());
        byte[] image = Files.readAllBytes(Path.of(disk));
        int place = indexOf(image, java.util.Arrays.copyOfRange(content, 200_000, 200_016));
        image[place] ^= 1;
        Files.write(Path.of(disk), image);
        fails(1, "ristretto: notes.img is damaged\n  'ristretto disk get' copies what can be read; make a new disk of that and of a backup.\n",
                "check", disk);
        assertTrue(out.toString().contains("  file 2 is damaged at byte 196608\n"), out.toString());
        did("check", "--quick", disk);
        fails(125, "ristretto: notes.img: /a: Input/output error\n  The disk is damaged there; 'ristretto disk check notes.img' says where else.\n",
                "get", disk, "/a", directory.resolve("back").toString());
        assertFalse(Files.exists(directory.resolve("back")), "half a file is not left");
        assertArrayEquals(random(5), did("cat", disk, "/b").getBytes(StandardCharsets.ISO_8859_1).length == 0 ? null : out.toByteArray());
        for (int superblock = 0; superblock < 4; superblock++) {
            image[superblock * 4096 + 60] ^= 1;
        }
        Files.write(Path.of(disk), image);
        fails(125, "ristretto: notes.img: it is damaged: none of its superblocks is whole\n"
                + "  What can still be read, 'ristretto disk get' copies; restore the rest from a backup.\n", "ls", disk);
    }

    private static int indexOf(byte[] image, byte[] part) {
        for (int i = 0; ; i++) {
            if (java.util.Arrays.equals(image, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
    }

    @Test
    void aLaterVersion() throws Exception {
        did("create", disk, "--size", "1m");
        byte[] image = Files.readAllBytes(Path.of(disk));
        for (int superblock = 0; superblock < 4; superblock++) {
            image[superblock * 4096 + 16] = 9;
            CRC32C crc = new CRC32C();
            crc.update(image, superblock * 4096 + 4, 4092);
            ByteBuffer.wrap(image).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(superblock * 4096, (int) crc.getValue());
        }
        Files.write(Path.of(disk), image);
        fails(125, "ristretto: notes.img: its format has version 9, and this program knows 1\n"
                + "  Use the version of Ristretto that made it, or a later one.\n", "ls", disk);
    }

    @Test
    void cutOff() throws Exception {
        did("create", disk, "--size", "2m");
        try (FileChannel channel = FileChannel.open(Path.of(disk), StandardOpenOption.WRITE)) {
            channel.truncate(1_500_000);
        }
        fails(125, "ristretto: notes.img: the device has 1499648 bytes, less than the 2097152 of the file system on it\n"
                + "  If it was cut off, get it again in one piece; a new disk needs 1 MiB at least.\n", "ls", disk);
    }

    @Test
    void inUse() throws Exception {
        did("create", disk, "--size", "1m");
        try (FileChannel channel = FileChannel.open(Path.of(disk), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.lock();
            fails(125, "ristretto: notes.img: in use by another program\n  A machine that runs with it, perhaps: stop it first.\n", "ls", disk);
            fails(125, "ristretto: notes.img: in use by another program\n  A machine that runs with it, perhaps: stop it first.\n", "rm", disk, "/a");
            fails(125, "ristretto: notes.img: in use by another program\n  A machine that runs with it, perhaps: stop it first.\n",
                    "create", "--force", disk);
        }
        assertEquals("", did("ls", disk));
    }
}
