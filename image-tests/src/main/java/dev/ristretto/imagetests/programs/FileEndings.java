package dev.ristretto.imagetests.programs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes files that nobody forces, one by way of a map, and ends. */
final class FileEndings {
    /** Not unmapped before the end. */
    private static MappedByteBuffer map;

    private FileEndings() {
    }

    /** Arguments: the file (another one has {@code .mapped} after its name), their text, and the way to end: return, exit, halt or throw. */
    static void run(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        Files.writeString(file, args[1]);
        try (FileChannel channel = FileChannel.open(Path.of(args[0] + ".mapped"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            map = channel.map(FileChannel.MapMode.READ_WRITE, 0, args[1].length());
        }
        map.put(args[1].getBytes(StandardCharsets.US_ASCII));
        FileStore store = Files.getFileStore(file);
        System.out.println("wrote " + Files.size(file) + " bytes, " + store.type() + " of " + store.getTotalSpace() + " bytes");
        switch (args[2]) {
            case "return" -> { }
            case "exit" -> System.exit(3);
            case "halt" -> Runtime.getRuntime().halt(4);
            default -> throw new IllegalStateException("as asked for");
        }
    }

    /** Writes a file of so many MiB and forces it, and says what came of it; then whether a small one can still be read. */
    static void fill(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        Path small = Files.writeString(file.resolveSibling("small"), "small");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                channel.write(ByteBuffer.allocate(1 << 20));
            }
            channel.force(true);
            System.out.println("done");
        } catch (IOException e) {
            System.out.println(e);
        }
        System.out.println(Files.readString(small));
    }

    /** Prints files. */
    static void print(String[] args) throws IOException {
        for (String file : args) {
            System.out.println(file + ": " + Files.readString(Path.of(file)));
        }
    }
}
