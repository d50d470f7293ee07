package dev.ristretto.imagetests.programs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Changes files for ever, forces each change, and only then says so: whoever kills it in between knows what must be found the next time.
 *
 * <p>Step n, from 1 on, is one of these: content is replaced (a new file is written, forced and renamed over the old one, and the
 * directory is forced), or the step's number is appended to a journal, which is forced; one journal is written to, another one is mapped.
 * What a step writes follows from its number.
 */
final class Commits {
    private static final int FILES = 8;
    private static final int LONGEST = 40_000;
    private static final int RECORD = 16;
    private static final long BROKEN = -1;

    private Commits() {
    }

    /** Argument: a folder. Says {@code found ...} of all that is there, {@code ready}, and {@code kept N} of each step; goes on where it was. */
    static void run(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        long last = 0;
        for (int i = 0; i < FILES; i++) {
            Path file = folder.resolve("file" + i);
            if (Files.exists(file)) {
                long step = stepOf(Files.readAllBytes(file));
                System.out.println("found file" + i + " " + (step == BROKEN ? "broken" : step));
                last = Math.max(last, step);
            }
        }
        Path journal = folder.resolve("journal");
        if (Files.exists(journal)) {
            ByteBuffer records = ByteBuffer.wrap(Files.readAllBytes(journal));
            while (records.remaining() >= RECORD) {
                long step = records.getLong();
                System.out.println("found journal " + (records.getLong() == ~step ? step : "broken"));
                last = Math.max(last, step);
            }
            if (records.hasRemaining()) {
                System.out.println("found journal broken");
            }
        }
        MappedJournal mapped = new MappedJournal(folder.resolve("mapped"));
        for (long step : mapped.steps()) {
            System.out.println("found mapped " + (step == MappedJournal.BROKEN ? "broken" : step));
            last = Math.max(last, step);
        }
        System.out.println("ready");
        try (FileChannel records = FileChannel.open(journal, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                FileChannel directory = FileChannel.open(folder)) {
            mapped.open();
            directory.force(true);
            for (long step = last + 1; true; step++) {
                if (isRecord(step) && step % 2 == 0) {
                    mapped.append(step);
                } else if (isRecord(step)) {
                    records.write(ByteBuffer.allocate(RECORD).putLong(step).putLong(~step).flip());
                    records.force(false);
                } else {
                    replace(folder, "file" + step % FILES, content(step));
                    directory.force(true);
                }
                System.out.println("kept " + step);
            }
        }
    }

    /** Whether a step appends to a journal. */
    private static boolean isRecord(long step) {
        return step % 3 == 0;
    }

    private static void replace(Path folder, String name, byte[] content) throws IOException {
        Path fresh = folder.resolve(name + ".new");
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (ByteBuffer bytes = ByteBuffer.wrap(content); bytes.hasRemaining();) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The step, a check value, and as many random bytes as the step wants. */
    private static byte[] content(long step) {
        Random random = new Random(step);
        byte[] bytes = new byte[RECORD + random.nextInt(LONGEST)];
        random.nextBytes(bytes);
        ByteBuffer.wrap(bytes).putLong(step).putLong(0);
        return ByteBuffer.wrap(bytes).putLong(Long.BYTES, checksum(bytes)).array();
    }

    private static long checksum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes, RECORD, bytes.length - RECORD);
        return sum.getValue() + bytes.length;
    }

    private static long stepOf(byte[] bytes) {
        boolean whole = bytes.length >= RECORD && ByteBuffer.wrap(bytes).getLong(Long.BYTES) == checksum(bytes);
        return whole ? ByteBuffer.wrap(bytes).getLong() : BROKEN;
    }
}
