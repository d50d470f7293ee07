package dev.ristretto.imagetests.programs;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Files that nobody can write to: what they hold, on a host and sealed into an image alike, and what an image refuses. */
public final class SealedTrees {
    /** More of them than there is memory, if each were a copy. */
    private static final int MAPPINGS = 1000;

    private SealedTrees() {
    }

    /** As {@link #list}, for a JVM without the libraries that other programs need. */
    public static void main(String[] args) throws IOException {
        list(args);
    }

    /** Argument: a folder. Says all that is in it, without its own path. */
    static void list(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.sorted().toList()) {
                System.out.println("entry " + root.relativize(path) + " " + describe(path));
            }
        }
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link " + Files.readSymbolicLink(path) + (Files.isDirectory(path) ? " to a directory"
                    : Files.exists(path) ? " to " + Files.size(path) + " bytes" : " to nothing");
        }
        if (Files.isDirectory(path)) {
            try (Stream<Path> in = Files.list(path)) {
                return "directory of " + in.count();
            }
        }
        byte[] all = Files.readAllBytes(path);
        return "file of " + Files.size(path) + " bytes, CRC " + crc(ByteBuffer.wrap(all)) + ", backwards " + backwards(path) + ", by byte "
                + byByte(path) + ", mapped " + mapped(path);
    }

    private static long crc(ByteBuffer bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return crc.getValue();
    }

    /** In pieces that fit no page, from the end to the begin. */
    private static long backwards(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer all = ByteBuffer.allocateDirect((int) channel.size());
            int piece = 50_021;
            for (int at = all.capacity() / piece * piece; at >= 0; at -= piece) {
                ByteBuffer part = all.slice(at, Math.min(piece, all.capacity() - at));
                if (part.hasRemaining() && channel.read(part, at) != part.capacity()) {
                    return -1;
                }
            }
            return crc(all);
        }
    }

    private static long byByte(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            CRC32 crc = new CRC32();
            file.seek(file.length() / 2);
            for (int i = 0, b = file.read(); i < 1000 && b >= 0; i++, b = file.read()) {
                crc.update(b);
            }
            return crc.getValue();
        }
    }

    private static long mapped(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            long half = channel.size() / 2;
            MappedByteBuffer begin = channel.map(FileChannel.MapMode.READ_ONLY, 0, half);
            MappedByteBuffer end = channel.map(FileChannel.MapMode.READ_ONLY, half, channel.size() - half);
            return 31 * crc(begin) + crc(end);
        }
    }

    /** Arguments: a folder, a file in it, and one that is not compressed. Says what cannot be done with them, and that maps cost nothing. */
    static void refuse(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Path file = folder.resolve(args[1]);
        say("write", () -> new FileOutputStream(file.toFile()).close());
        say("append", () -> Files.newByteChannel(file, StandardOpenOption.APPEND).close());
        say("create", () -> Files.write(folder.resolve("new"), new byte[1]));
        say("create directory", () -> Files.createDirectory(folder.resolve("new")));
        say("create directories that exist", () -> Files.createDirectories(folder));
        say("delete", () -> Files.delete(file));
        say("delete the top", () -> Files.delete(folder));
        say("move", () -> Files.move(file, folder.resolve("new")));
        say("move away", () -> Files.move(file, Path.of("/tmp/new")));
        say("set time", () -> Files.setLastModifiedTime(file, FileTime.fromMillis(0)));
        say("link", () -> Files.createLink(folder.resolve("new"), file));
        say("copy", () -> Files.copy(file, Path.of("/tmp/copy")));
        System.out.println("writable: " + Files.isWritable(file) + ", readable: " + Files.isReadable(file) + ", store read-only: "
                + Files.getFileStore(file).isReadOnly() + " " + Files.getFileStore(file).type() + ", modified " + Files.getLastModifiedTime(file)
                + ", real path " + folder.resolve("../" + folder.getFileName() + "/" + args[1]).toRealPath());
        map(folder.resolve(args[2]));
    }

    private static void map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            List<MappedByteBuffer> maps = new ArrayList<>();
            for (int i = 0; i < MAPPINGS; i++) {
                maps.add(channel.map(FileChannel.MapMode.READ_ONLY, i, channel.size() - i));
            }
            long total = maps.stream().mapToLong(ByteBuffer::remaining).sum();
            long differing = maps.stream().filter(map -> map.get(map.limit() - 1) != maps.getFirst().get(maps.getFirst().limit() - 1)).count();
            System.out.println("mapped " + total + " bytes of a memory of " + Runtime.getRuntime().maxMemory() + ": "
                    + (total > 2 * Runtime.getRuntime().maxMemory() && differing == 0 ? "not copied" : "copied or wrong"));
        }
        System.gc(); // has them unmapped
        System.out.println("after unmapping " + describe(file));
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private static void say(String what, Attempt attempt) {
        try {
            attempt.run();
            System.out.println(what + ": done");
        } catch (FileSystemException e) {
            System.out.println(what + ": " + e.getClass().getSimpleName() + ", " + e.getReason());
        } catch (IOException e) {
            System.out.println(what + ": " + e.getClass().getSimpleName() + ", " + e.getMessage());
        }
    }
}
