package dev.ristretto.imagetests.programs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/** Measures files in a folder; the same on a JVM. */
final class FileSpeed {
    private static final int MIB = 1 << 20;
    private static final int PAGE = 4096;
    private static final int FORCED = 200;

    private FileSpeed() {
    }

    /** Arguments: a folder, and how many MiB the large file has. */
    static void run(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int size = Integer.parseInt(args[1]);
        Path file = folder.resolve("large");
        Random random = new Random(1);
        byte[] bytes = new byte[MIB];
        random.nextBytes(bytes);
        long begin = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < size; i++) {
                channel.write(ByteBuffer.wrap(bytes));
            }
            channel.force(true);
            say("write 1 MiB in sequence, one force", size, "MiB/s", begin);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer large = ByteBuffer.allocateDirect(MIB);
            begin = System.nanoTime();
            for (int i = 0; i < size; i++) {
                channel.read(large.clear());
            }
            say("read 1 MiB in sequence", size, "MiB/s", begin);
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
            begin = System.nanoTime();
            int calls = size * 20;
            for (int i = 0; i < calls; i++) {
                channel.read(page.clear(), (long) random.nextInt(size * (MIB / PAGE)) * PAGE);
            }
            say("read 4 KiB anywhere", calls, "calls/s", begin);
            begin = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                channel.write(page.clear(), (long) random.nextInt(size * (MIB / PAGE)) * PAGE);
            }
            channel.force(false);
            say("write 4 KiB anywhere, one force", calls, "calls/s", begin);
            begin = System.nanoTime();
            for (int i = 0; i < FORCED; i++) {
                channel.write(page.clear(), (long) random.nextInt(size * (MIB / PAGE)) * PAGE);
                channel.force(false);
            }
            say("write 4 KiB anywhere, force each", FORCED, "calls/s", begin);
        }
        Files.delete(file);
        begin = System.nanoTime();
        byte[] small = new byte[2000];
        for (int i = 0; i < 1000; i++) {
            Files.write(folder.resolve("small" + i), small);
        }
        say("create files of 2000 bytes", 1000, "files/s", begin);
        for (int i = 0; i < 1000; i++) {
            Files.delete(folder.resolve("small" + i));
        }
    }

    private static void say(String what, long count, String unit, long begin) {
        long tenths = count * 10_000_000_000L / (System.nanoTime() - begin);
        System.out.println(what + ": " + tenths / 10 + "." + tenths % 10 + " " + unit);
    }
}
