package dev.ristretto.bench;

import dev.ristretto.storage.cowfs.Cowfs;
import dev.ristretto.storage.cowfs.CowfsOptions;
import dev.ristretto.storage.host.FileBlockDevice;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * The same work on cowfs, whose disk is a file, and on the file system that this file is on: medians of several runs. Both have the
 * host's page cache below them, so that reading measures code rather than a disk, and forcing measures the disk.
 */
public final class StorageBench {
    private static final int MIB = 1 << 20;
    private static final int FILE = 256 * MIB;
    private static final int SMALL_FILES = 3000;
    private static final int RANDOM_CALLS = 20_000;
    private static final int FORCED_CALLS = 300;

    private StorageBench() {
    }

    /** One of the two, as far as it is measured. */
    private interface Subject {
        void write(long position, ByteBuffer bytes) throws Exception;

        void read(long position, ByteBuffer bytes) throws Exception;

        void force() throws Exception;

        void create(String name, byte[] content) throws Exception;

        void forceAll() throws Exception;

        void close() throws Exception;
    }

    /** Arguments: a folder to work in, and how many runs. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of(args[0])), "storage");
        int runs = Integer.parseInt(args[1]);
        Map<String, double[][]> results = new LinkedHashMap<>();
        for (int run = 0; run < runs; run++) {
            Path disk = folder.resolve("disk.img");
            try (FileBlockDevice device = FileBlockDevice.create(disk, 3L << 30)) {
                Cowfs.format(device, 1, 2, "", CowfsOptions.defaults(() -> 0));
                measure(results, 0, run, runs, new CowfsSubject(device));
                mounting(results, run, runs, device);
            }
            Files.delete(disk);
            measure(results, 1, run, runs, new HostSubject(folder));
        }
        Files.delete(folder);
        System.out.printf("%-44s %12s %12s  %s%n", "median of " + runs, "cowfs", "host", "");
        results.forEach((name, values) -> {
            String unit = name.substring(name.indexOf(", in ") + 5);
            System.out.printf("%-44s %12.1f %12s  %s%n", name.substring(0, name.indexOf(", in ")), median(values[0]),
                    values[1][0] == 0 ? "" : String.format("%.1f", median(values[1])), unit);
        });
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private interface Work {
        void run() throws Exception;
    }

    private static void time(Map<String, double[][]> results, int subject, int run, int runs, String name, double amount, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        results.computeIfAbsent(name, any -> new double[2][runs])[subject][run] = amount / seconds;
    }

    private static void measure(Map<String, double[][]> results, int which, int run, int runs, Subject subject) throws Exception {
        Random random = new Random(run);
        byte[] bytes = new byte[MIB];
        random.nextBytes(bytes);
        ByteBuffer large = ByteBuffer.wrap(bytes);
        ByteBuffer small = ByteBuffer.wrap(bytes, 0, 4096).slice();
        double mib = FILE / (double) MIB;
        time(results, which, run, runs, "write 1 MiB in sequence, one force, in MiB/s", mib, () -> {
            for (int at = 0; at < FILE; at += MIB) {
                subject.write(at, large.clear());
            }
            subject.force();
        });
        time(results, which, run, runs, "read 1 MiB in sequence, in MiB/s", mib, () -> {
            for (int at = 0; at < FILE; at += MIB) {
                subject.read(at, large.clear());
            }
        });
        time(results, which, run, runs, "read 4 KiB in sequence, in MiB/s", mib, () -> {
            for (int at = 0; at < FILE; at += 4096) {
                subject.read(at, small.clear());
            }
        });
        time(results, which, run, runs, "read 4 KiB anywhere, in calls/s", RANDOM_CALLS, () -> {
            for (int i = 0; i < RANDOM_CALLS; i++) {
                subject.read(random.nextInt(FILE / 4096) * 4096L, small.clear());
            }
        });
        time(results, which, run, runs, "write 4 KiB anywhere, one force, in calls/s", RANDOM_CALLS, () -> {
            for (int i = 0; i < RANDOM_CALLS; i++) {
                subject.write(random.nextInt(FILE / 4096) * 4096L, small.clear());
            }
            subject.force();
        });
        time(results, which, run, runs, "write 4 KiB anywhere, force each, in calls/s", FORCED_CALLS, () -> {
            for (int i = 0; i < FORCED_CALLS; i++) {
                subject.write(random.nextInt(FILE / 4096) * 4096L, small.clear());
                subject.force();
            }
        });
        byte[] content = Arrays.copyOf(bytes, 2000);
        time(results, which, run, runs, "create files of 2000 bytes, force all, in files/s", SMALL_FILES, () -> {
            for (int i = 0; i < SMALL_FILES; i++) {
                subject.create("file" + i, content);
            }
            subject.forceAll();
        });
        subject.close();
    }

    /** Mounting after what looks like a crash, with 1 GiB of files. */
    private static void mounting(Map<String, double[][]> results, int run, int runs, FileBlockDevice device) throws Exception {
        Cowfs filled = Cowfs.mount(device, CowfsOptions.defaults(() -> 0));
        byte[] content = new byte[MIB];
        for (int i = 0; i < 768; i++) {
            filled.root().createFile("filler" + i, 0644).append(ByteBuffer.wrap(content));
        }
        filled.sync();
        filled.root().createFile("not forced", 0644).append(ByteBuffer.wrap(content));
        time(results, 0, run, runs, "mount with 1 GiB of files, in mounts/s", 1, () -> {
            Cowfs mounted = Cowfs.mount(device, CowfsOptions.defaults(() -> 0));
            mounted.root().lookup("filler500");
        });
    }

    /** One file of a cowfs. */
    private static final class CowfsSubject implements Subject {
        private final Cowfs fileSystem;
        private final FileNode file;
        private final DirectoryNode directory;

        CowfsSubject(FileBlockDevice device) throws Exception {
            fileSystem = Cowfs.mount(device, CowfsOptions.defaults(() -> System.currentTimeMillis() * 1_000_000));
            file = fileSystem.root().createFile("large", 0644);
            directory = fileSystem.root().createDirectory("small", 0755);
        }

        @Override
        public void write(long position, ByteBuffer bytes) throws Exception {
            file.write(position, bytes);
        }

        @Override
        public void read(long position, ByteBuffer bytes) throws Exception {
            file.read(position, bytes);
        }

        @Override
        public void force() throws Exception {
            file.sync(false);
        }

        @Override
        public void create(String name, byte[] content) throws Exception {
            directory.createFile(name, 0644).write(0, ByteBuffer.wrap(content));
        }

        @Override
        public void forceAll() throws Exception {
            fileSystem.sync();
        }

        @Override
        public void close() throws Exception {
            fileSystem.close();
        }
    }

    /** One file of the host. */
    private static final class HostSubject implements Subject {
        private final Path folder;
        private final FileChannel channel;

        HostSubject(Path folder) throws IOException {
            this.folder = Files.createDirectory(folder.resolve("host"));
            channel = FileChannel.open(this.folder.resolve("large"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }

        @Override
        public void write(long position, ByteBuffer bytes) throws IOException {
            channel.write(bytes, position);
        }

        @Override
        public void read(long position, ByteBuffer bytes) throws IOException {
            channel.read(bytes, position);
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void create(String name, byte[] content) throws IOException {
            Files.write(folder.resolve(name), content);
        }

        /** There is no call for all files: the last one's is what shares a journal with the others. */
        @Override
        public void forceAll() throws IOException {
            try (FileChannel last = FileChannel.open(folder.resolve("file" + (SMALL_FILES - 1)), StandardOpenOption.WRITE)) {
                last.force(true);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }
}
