package dev.ristretto.bench.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * For the time that a disk takes until it can be used after a crash. Arguments: the folder and {@code fill} and a number of MiB, which writes so
 * many to files, forces the last of them, goes on with files that come and go without a force, says {@link #FILLED} after some of them and waits
 * to be killed meanwhile; or the folder and {@code find}, which says {@link #FOUND} if the one that was forced is there.
 */
final class Filled {
    /** Said when the last file is on the disk, and others were written after it. */
    static final String FILLED = "filled";
    /** Said when a file was found. */
    static final String FOUND = "found";

    private static final String FILL = "fill";
    private static final String FIND = "find";
    private static final int FILE_SIZE = 64 << 10;
    private static final int FILES_OF_A_FOLDER = 256;
    private static final int FILES_OF_A_MIB = (1 << 20) / FILE_SIZE;
    private static final int UNFORCED = 1000;
    private static final String LAST = "last";

    private Filled() { }

    static boolean isMeant(String[] args) {
        return args[1].equals(FILL) || args[1].equals(FIND);
    }

    static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        if (args[1].equals(FILL)) {
            fill(folder, Integer.parseInt(args[2]) * FILES_OF_A_MIB);
        } else if (Files.readAllBytes(folder.resolve(LAST)).length == FILE_SIZE) {
            System.out.println(FOUND);
        }
    }

    private static void fill(Path folder, int files) throws IOException {
        byte[] content = new byte[FILE_SIZE];
        new Random(1).nextBytes(content);
        for (int i = 0; i < files - 1; i++) {
            write(folder, i, content);
        }
        try (FileChannel last = FileChannel.open(folder.resolve(LAST), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            last.write(ByteBuffer.wrap(content));
            last.force(true);
        }
        try (FileChannel names = FileChannel.open(folder)) {
            names.force(true);
        }
        for (int i = files;; i++) { // a crash is to leave something to do
            Files.delete(write(folder, i, content));
            if (i == files + UNFORCED) {
                System.out.println(FILLED);
            }
        }
    }

    private static Path write(Path folder, int number, byte[] content) throws IOException {
        Path of = folder.resolve("files" + number / FILES_OF_A_FOLDER);
        if (number % FILES_OF_A_FOLDER == 0) {
            Files.createDirectory(of);
        }
        return Files.write(of.resolve("file" + number), content);
    }
}
