package dev.ristretto.imagetests.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.SyncFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

class JavaIoTest extends Workspace {
    private File io(String name) {
        return path(name).toFile();
    }

    @Test
    void streamsWriteAppendAndRead() throws IOException {
        try (FileOutputStream out = new FileOutputStream(io("f"))) {
            out.write('a');
            out.write("bcd".getBytes(StandardCharsets.UTF_8), 1, 2);
            out.getFD().sync();
        }
        try (FileOutputStream out = new FileOutputStream(io("f"), true)) {
            out.write('!');
        }
        try (FileInputStream in = new FileInputStream(io("f"))) {
            assertEquals(4, in.available());
            assertEquals('a', in.read());
            assertEquals(1, in.skip(1));
            byte[] rest = new byte[10];
            assertEquals(2, in.read(rest, 3, 7));
            assertArrayEquals(new byte[] {0, 0, 0, 'd', '!', 0, 0, 0, 0, 0}, rest);
            assertEquals(-1, in.read());
            assertEquals(-1, in.read(rest));
            assertEquals(0, in.read(rest, 0, 0));
            assertEquals(10, in.skip(10), "past the end");
            assertEquals(0, in.available());
        }
        try (FileOutputStream out = new FileOutputStream(io("f"))) {
            out.write(new byte[0]);
        }
        assertEquals(0, io("f").length());
    }

    @Test
    void readersWritersAndScanners() throws IOException {
        try (FileWriter writer = new FileWriter(io("f"), StandardCharsets.UTF_8); PrintStream print = new PrintStream(io("g"))) {
            writer.write("größer\n42 ");
            print.printf("%d %s%n", 7, "seven");
        }
        try (FileReader reader = new FileReader(io("f"), StandardCharsets.UTF_8); Scanner scanner = new Scanner(io("f"))) {
            assertEquals("größer\n42 ", reader.readAllAsString());
            assertEquals("größer", scanner.nextLine());
            assertEquals(42, scanner.nextInt());
        }
        assertEquals("7 seven\n", Files.readString(path("g")));
    }

    @Test
    void failuresToOpenSayWhy() throws IOException {
        FileNotFoundException missing = assertThrows(FileNotFoundException.class, () -> new FileInputStream(io("missing")));
        assertEquals(path("missing") + " (No such file or directory)", missing.getMessage());
        FileNotFoundException isDirectory = assertThrows(FileNotFoundException.class, () -> new FileOutputStream(directory.toFile()));
        assertEquals(directory + " (Is a directory)", isDirectory.getMessage());
        assertThrows(FileNotFoundException.class, () -> new FileInputStream(directory.toFile()));
        file("f", "");
        FileNotFoundException below = assertThrows(FileNotFoundException.class, () -> new RandomAccessFile(io("f/below"), "rw"));
        assertEquals(path("f/below") + " (Not a directory)", below.getMessage());
        assertThrows(FileNotFoundException.class, () -> new RandomAccessFile(io("missing"), "r"));
        assertThrows(FileNotFoundException.class, () -> new FileInputStream("a\0b"));
        assertThrows(FileNotFoundException.class, () -> new FileInputStream(""));
    }

    @Test
    void closedStreamsRefuse() throws IOException {
        FileOutputStream out = new FileOutputStream(io("f"));
        FileInputStream in = new FileInputStream(io("f"));
        FileDescriptor descriptor = in.getFD();
        assertTrue(descriptor.valid());
        out.close();
        out.close();
        in.close();
        assertFalse(descriptor.valid());
        assertEquals("Stream Closed", assertThrows(IOException.class, () -> out.write(1)).getMessage());
        assertThrows(IOException.class, in::read);
        assertThrows(IOException.class, in::available);
        assertThrows(SyncFailedException.class, descriptor::sync);
    }

    @Test
    void randomAccess() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(io("f"), "rw")) {
            file.writeInt(0x01020304);
            file.writeUTF("text");
            assertEquals(10, file.getFilePointer());
            file.seek(2);
            assertEquals(0x0304, file.readShort());
            file.seek(100);
            assertEquals(10, file.length(), "seeking does not grow");
            assertEquals(-1, file.read());
            file.write(9);
            assertEquals(101, file.length());
            file.seek(50);
            assertEquals(0, file.readByte(), "a gap reads as zeros");
            file.setLength(20);
            assertEquals(20, file.getFilePointer(), "the pointer is not left beyond the end");
            file.setLength(1 << 20);
            assertEquals(20, file.getFilePointer());
            assertEquals(1 << 20, io("f").length());
            assertThrows(IOException.class, () -> file.seek(-1));
            file.seek((1 << 20) - 2);
            assertThrows(EOFException.class, file::readInt);
            file.getFD().sync();
        }
        try (RandomAccessFile file = new RandomAccessFile(io("f"), "r")) {
            assertEquals(1, file.read());
            assertThrows(IOException.class, () -> file.write(1));
            assertThrows(IOException.class, () -> file.setLength(1));
        }
        try (RandomAccessFile synced = new RandomAccessFile(io("f"), "rws"); RandomAccessFile data = new RandomAccessFile(io("f"), "rwd")) {
            synced.write(7);
            assertEquals(7, data.read());
        }
    }

    @Test
    void filesBeyondFourGigabytes() throws IOException {
        long far = 5L << 30;
        try (RandomAccessFile file = new RandomAccessFile(io("f"), "rw")) {
            file.seek(far);
            file.writeLong(42);
            assertEquals(far + 8, file.length());
            file.seek(far - 1);
            assertEquals(0, file.read());
            assertEquals(42, file.readLong());
        }
        assertEquals(far + 8, io("f").length());
        try (FileInputStream in = new FileInputStream(io("f"))) {
            assertEquals(Integer.MAX_VALUE, in.available());
            assertEquals(far, in.skip(far));
            assertEquals(8, in.available());
        }
    }

    @Test
    void fileAnswers() throws IOException {
        File file = file("f", "12345").toFile();
        assertTrue(file.exists() && file.isFile() && !file.isDirectory() && file.canRead() && file.canWrite() && !file.canExecute());
        assertEquals(5, file.length());
        assertTrue(file.setLastModified(1_234_567_890_123L));
        assertEquals(1_234_567_890_123L, file.lastModified());
        File missing = io("missing");
        assertFalse(missing.exists() || missing.isFile() || missing.canRead() || missing.delete() || missing.setReadOnly());
        assertEquals(0, missing.length());
        assertEquals(0, missing.lastModified());
        assertNull(missing.list());
        assertNull(file.list());
        assertTrue(directory.toFile().getTotalSpace() >= directory.toFile().getUsableSpace());
        assertTrue(directory.toFile().getUsableSpace() > 0);
        assertTrue(io(".hidden").isHidden());
        assertArrayEquals(new File[] {new File("/")}, File.listRoots());
    }

    @Test
    void fileChanges() throws IOException {
        assertTrue(io("f").createNewFile());
        assertFalse(io("f").createNewFile());
        assertThrows(IOException.class, () -> io("missing/f").createNewFile());
        assertTrue(io("d").mkdir());
        assertFalse(io("d").mkdir());
        assertFalse(io("x/y").mkdir());
        assertTrue(io("x/y/z").mkdirs());
        assertTrue(io("f").renameTo(io("x/g")));
        assertFalse(io("f").renameTo(io("x/h")));
        assertTrue(io("x/g").renameTo(io("x/y/z/h")));
        String[] names = directory.toFile().list();
        Arrays.sort(names);
        assertEquals(List.of("d", "x"), List.of(names));
        assertEquals(1, directory.toFile().listFiles(f -> f.getName().equals("x")).length);
        assertFalse(io("x").delete(), "not empty");
        assertTrue(io("x/y/z/h").delete());
        assertTrue(io("d").delete());
        assertTrue(io("x/y/z").setReadOnly());
        assertEquals("[OWNER_READ, OWNER_EXECUTE, GROUP_READ, GROUP_EXECUTE, OTHERS_READ, OTHERS_EXECUTE]",
                new java.util.TreeSet<>(Files.getPosixFilePermissions(path("x/y/z"))).toString());
        assertTrue(io("x/y/z").setWritable(true));
        assertTrue(Files.getPosixFilePermissions(path("x/y/z")).contains(java.nio.file.attribute.PosixFilePermission.OWNER_WRITE));
    }

    @Test
    void canonicalPaths() throws IOException {
        File real = directory.toRealPath().toFile();
        Files.createDirectories(path("a/b"));
        Files.createSymbolicLink(path("l"), Path.of("a/b"));
        assertEquals(new File(real, "a/b"), io("a/./b/../b").getCanonicalFile());
        assertEquals(new File(real, "a/b"), io("l").getCanonicalFile());
        assertEquals(new File(real, "a"), io("l/..").getCanonicalFile());
        assertEquals(new File(real, "a/b/x"), io("l/x").getCanonicalFile(), "what does not exist stays as it is");
        assertEquals(new File(real, "y"), io("missing/../y").getCanonicalFile());
        assertEquals("/", new File("/..").getCanonicalPath());
        assertEquals(new File(System.getProperty("user.dir")).getCanonicalPath(), new File("").getCanonicalPath());
        assertEquals(new File(System.getProperty("user.dir"), "x").getPath(), new File("x").getAbsolutePath());
    }

    @Test
    void temporaryFiles() throws IOException {
        File file = File.createTempFile("pre", ".suf");
        assertEquals(new File(System.getProperty("java.io.tmpdir")), file.getParentFile());
        assertEquals(0, file.length());
        assertTrue(file.delete());
        File.createTempFile("pre", null, directory.toFile()).deleteOnExit();
    }

    @Test
    void contentStaysUntilTheLastStreamIsClosed() throws IOException {
        file("f", "still here");
        try (FileInputStream in = new FileInputStream(io("f"))) {
            assertTrue(io("f").delete());
            file("f", "another");
            assertEquals("still here", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void objectsSurviveInFiles() throws IOException, ClassNotFoundException {
        try (ObjectOutputStream out = new ObjectOutputStream(new FileOutputStream(io("f")))) {
            out.writeObject("text");
            out.writeLong(42);
        }
        try (ObjectInputStream in = new ObjectInputStream(new FileInputStream(io("f")))) {
            assertEquals("text", in.readObject());
            assertEquals(42, in.readLong());
        }
    }

    @Test
    void thousandsOfFilesCanBeOpenedOneAfterTheOther() throws IOException {
        File file = file("f", "x").toFile();
        for (int i = 0; i < 5_000; i++) {
            try (FileInputStream in = new FileInputStream(file)) {
                assertEquals('x', in.read());
            }
        }
    }
}
