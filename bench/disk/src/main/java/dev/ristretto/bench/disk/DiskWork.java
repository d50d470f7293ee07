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

/**
 * Measures files and a database in a folder, several rounds, of which the last is told: a line for each kind of work, its name and how much
 * was done in a second. Arguments: the folder, and how many rounds.
 */
public final class DiskWork {
    private static final int MIB = 1 << 20;
    private static final int PAGE = 4096;
    private static final int SIZE = 128;
    private static final int CALLS = 20_000;
    private static final int FORCED = 200;
    private static final int FILES = 1000;
    private static final int ROWS = 20_000;

    private final Path folder;
    private final boolean told;

    private DiskWork(Path folder, boolean told) {
        this.folder = folder;
        this.told = told;
    }

    /** Runs them. */
    public static void main(String[] args) throws Exception {
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
        Random random = new Random(1);
        ByteBuffer large = ByteBuffer.allocateDirect(MIB);
        while (large.hasRemaining()) {
            large.putLong(random.nextLong());
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long begin = System.nanoTime();
            for (int i = 0; i < SIZE; i++) {
                channel.write(large.clear());
            }
            channel.force(true);
            say("write 1 MiB in sequence, one force, MiB/s", SIZE, begin);
            begin = System.nanoTime();
            for (int i = 0; i < SIZE; i++) {
                channel.read(large.clear(), (long) i * MIB);
            }
            say("read 1 MiB in sequence, MiB/s", SIZE, begin);
            ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
            begin = System.nanoTime();
            for (int i = 0; i < SIZE * (MIB / PAGE); i++) {
                channel.read(page.clear(), (long) i * PAGE);
            }
            say("read 4 KiB in sequence, MiB/s", SIZE, begin);
            begin = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                channel.read(page.clear(), anywhere(random));
            }
            say("read 4 KiB anywhere, calls/s", CALLS, begin);
            begin = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                channel.write(page.clear(), anywhere(random));
            }
            channel.force(false);
            say("write 4 KiB anywhere, one force, calls/s", CALLS, begin);
            begin = System.nanoTime();
            for (int i = 0; i < FORCED; i++) {
                channel.write(page.clear(), anywhere(random));
                channel.force(false);
            }
            say("write 4 KiB anywhere, force each, calls/s", FORCED, begin);
        }
        Files.delete(file);
    }

    private static long anywhere(Random random) {
        return (long) random.nextInt(SIZE * (MIB / PAGE)) * PAGE;
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
