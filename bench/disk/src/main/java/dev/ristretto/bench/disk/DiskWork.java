package dev.ristretto.bench.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Random;
import java.util.function.IntToLongFunction;

/**
 * Measures files and a database in a folder, several rounds, of which the last is told: a line for each kind of work, its name and how much
 * was done in a second. Arguments: the folder, and how many rounds; or the folder and what {@link Filled} takes.
 */
public final class DiskWork {
    private static final int MIB = 1 << 20;
    private static final int PAGE = 4096;
    private static final int SIZE = 128;
    private static final int CALLS = 20_000;
    private static final int FORCED = 200;
    private static final int LARGE_FORCED = 50;
    private static final int FILES = 1000;
    private static final int ROWS = 20_000;

    private final Path folder;
    private final boolean told;
    private final Random random = new Random(1);

    private DiskWork(Path folder, boolean told) {
        this.folder = folder;
        this.told = told;
    }

    /** Runs them. */
    public static void main(String[] args) throws Exception {
        if (Filled.isMeant(args)) {
            Filled.main(args);
            return;
        }
        int rounds = Integer.parseInt(args[1]);
        for (int round = 1; round <= rounds; round++) {
            DiskWork work = new DiskWork(Path.of(args[0]), round == rounds);
            work.large();
            work.small();
            work.database();
        }
    }

    private void say(String what, double amount, long begin) {
        double perSecond = amount * 1e9 / (System.nanoTime() - begin);
        if (told) {
            System.out.println(what + ": " + Math.round(perSecond * 10) / 10.0);
        }
    }

    private void large() throws IOException {
        Path file = folder.resolve("large");
        ByteBuffer large = ByteBuffer.allocateDirect(MIB);
        while (large.hasRemaining()) {
            large.putLong(random.nextLong());
        }
        ByteBuffer page = large.slice(0, PAGE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            write("write 1 MiB in sequence, one force, MiB/s", channel, large, SIZE, i -> (long) i * MIB);
            read("read 1 MiB in sequence, MiB/s", channel, large, SIZE, i -> (long) i * MIB);
            read("read 1 MiB anywhere, MiB/s", channel, large, SIZE, i -> anywhere(MIB));
            repeat("read 4 KiB in sequence, MiB/s", SIZE, SIZE * (MIB / PAGE), i -> channel.read(page.clear(), (long) i * PAGE));
            read("read 4 KiB anywhere, calls/s", channel, page, CALLS, i -> anywhere(PAGE));
            write("write 4 KiB anywhere, one force, calls/s", channel, page, CALLS, i -> anywhere(PAGE));
            writeForced("write 4 KiB anywhere, force each, calls/s", channel, page, FORCED, i -> anywhere(PAGE));
            write("write 4 KiB in sequence, one force, calls/s", channel, page, CALLS, i -> (long) i * PAGE);
            writeForced("write 4 KiB in sequence, force each, calls/s", channel, page, FORCED, i -> (long) i * PAGE);
            write("write 1 MiB anywhere, one force, MiB/s", channel, large, SIZE, i -> anywhere(MIB));
            writeForced("write 1 MiB anywhere, force each, MiB/s", channel, large, LARGE_FORCED, i -> anywhere(MIB));
            writeForced("write 1 MiB in sequence, force each, MiB/s", channel, large, LARGE_FORCED, i -> (long) i * MIB);
        }
        Files.delete(file);
    }

    private void read(String what, FileChannel channel, ByteBuffer piece, int calls, IntToLongFunction place) throws IOException {
        repeat(what, calls, calls, i -> channel.read(piece.clear(), place.applyAsLong(i)));
    }

    private void write(String what, FileChannel channel, ByteBuffer piece, int calls, IntToLongFunction place) throws IOException {
        repeat(what, calls, calls, i -> {
            channel.write(piece.clear(), place.applyAsLong(i));
            if (i == calls - 1) {
                channel.force(false);
            }
        });
    }

    private void writeForced(String what, FileChannel channel, ByteBuffer piece, int calls, IntToLongFunction place) throws IOException {
        repeat(what, calls, calls, i -> {
            channel.write(piece.clear(), place.applyAsLong(i));
            channel.force(false);
        });
    }

    private void repeat(String what, double amount, int times, Step step) throws IOException {
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            step.run(i);
        }
        say(what, amount, begin);
    }

    /** What is done again and again. */
    private interface Step {
        void run(int index) throws IOException;
    }

    private long anywhere(int length) {
        return (long) random.nextInt((SIZE * MIB - length) / PAGE + 1) * PAGE;
    }

    private void small() throws IOException {
        byte[] content = new byte[2000];
        long begin = System.nanoTime();
        for (int i = 0; i < FILES; i++) {
            Files.write(folder.resolve("small" + i), content);
        }
        try (FileChannel directory = FileChannel.open(folder)) {
            directory.force(true);
        }
        say("create files of 2000 bytes, one force, files/s", FILES, begin);
        begin = System.nanoTime();
        for (int i = 0; i < FILES; i++) {
            Files.delete(folder.resolve("small" + i));
        }
        say("delete them, files/s", FILES, begin);
    }

    private void database() throws Exception {
        String url = "jdbc:h2:file:" + folder.toAbsolutePath().resolve("database") + ";WRITE_DELAY=0";
        try (Connection connection = DriverManager.getConnection(url, "bench", ""); Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS entry");
            statement.execute("CREATE TABLE entry(id INT PRIMARY KEY, text VARCHAR NOT NULL)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO entry VALUES(?, ?)")) {
                connection.setAutoCommit(false);
                long begin = System.nanoTime();
                for (int i = 0; i < ROWS; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "the text of entry " + i);
                    insert.executeUpdate();
                }
                connection.commit();
                statement.execute("CHECKPOINT SYNC");
                say("H2: insert rows in one transaction, rows/s", ROWS, begin);
                connection.setAutoCommit(true);
                begin = System.nanoTime();
                for (int i = ROWS; i < ROWS + FORCED; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, "the text of entry " + i);
                    insert.executeUpdate();
                    statement.execute("CHECKPOINT SYNC");
                }
                say("H2: insert rows, commit and force each, rows/s", FORCED, begin);
            }
            try (PreparedStatement select = connection.prepareStatement("SELECT text FROM entry WHERE id = ?")) {
                Random random = new Random(2);
                long begin = System.nanoTime();
                for (int i = 0; i < ROWS; i++) {
                    int id = random.nextInt(ROWS);
                    select.setInt(1, id);
                    try (ResultSet rows = select.executeQuery()) {
                        if (!rows.next() || !rows.getString(1).endsWith(" " + id)) {
                            throw new IllegalStateException("entry " + id + " is not what was inserted");
                        }
                    }
                }
                say("H2: select rows by key, rows/s", ROWS, begin);
            }
        }
    }
}
