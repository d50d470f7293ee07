package dev.ristretto.imagetests.programs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Numbers in a file that is mapped part by part, forced one by one. */
final class MappedJournal {
    /** Stands for a number that was not written as it was. */
    static final long BROKEN = -1;

    private static final int RECORD = 16;
    private static final int RECORDS = 512;

    private final Path file;
    private final List<Long> steps = new ArrayList<>();
    private FileChannel channel;
    private MappedByteBuffer part;
    private int next;

    MappedJournal(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            ByteBuffer records = ByteBuffer.wrap(Files.readAllBytes(file));
            while (records.remaining() >= RECORD) {
                long step = records.getLong();
                long check = records.getLong();
                if (step == 0) {
                    // The check value is stored first, so that it may be there alone if nobody forced the record.
                    break;
                }
                steps.add(check == ~step ? step : BROKEN);
            }
        }
        next = steps.size();
    }

    /** The numbers that were there at first. */
    List<Long> steps() {
        return steps;
    }

    /** Gets ready for {@link #append}. */
    void open() throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Adds a number, and returns when it would be found after a loss of power. */
    void append(long step) throws IOException {
        int index = next % RECORDS;
        if (part == null || index == 0) {
            part = channel.map(FileChannel.MapMode.READ_WRITE, (long) (next - index) * RECORD, (long) RECORDS * RECORD);
        }
        part.putLong(index * RECORD + Long.BYTES, ~step);
        part.putLong(index * RECORD, step);
        part.force(index * RECORD, RECORD);
        next++;
    }
}
