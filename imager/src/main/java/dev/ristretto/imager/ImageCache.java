package dev.ristretto.imager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * What earlier builds made, by the hash of what they made it from: a folder per hash, which is there with all its files or not at all.
 *
 * <p>Shared by all builds of a user. {@link #lock} keeps them apart; the other methods are for whoever holds the lock.
 */
final class ImageCache {
    /** Room that entries may take up before the least recently used ones go. */
    static final long DEFAULT_LIMIT = 4L << 30;

    /** A file lock holds off other processes only. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final Path directory;
    private final long limit;

    ImageCache(Path directory, long limit) {
        this.directory = directory;
        this.limit = limit;
    }

    /** The user's cache: {@code ristretto} in {@code $XDG_CACHE_HOME}, which is {@code ~/.cache} unless set. */
    static ImageCache ofUser() {
        String base = System.getenv("XDG_CACHE_HOME");
        Path root = base != null && Path.of(base).isAbsolute() ? Path.of(base) : Path.of(System.getProperty("user.home"), ".cache");
        return new ImageCache(root.resolve("ristretto"), DEFAULT_LIMIT);
    }

    Path directory() {
        return directory;
    }

    /** Waits until no other build of this user runs, of this process or another; closing it lets the next one run. */
    Lock lock() throws IOException {
        Files.createDirectories(directory);
        IN_PROCESS.lock();
        try {
            FileChannel channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return new Lock(channel, channel.lock());
        } catch (IOException | RuntimeException e) {
            IN_PROCESS.unlock();
            throw e;
        }
    }

    /** The right to build. To be closed by the thread that got it. */
    record Lock(FileChannel channel, FileLock held) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                channel.close();
            } finally {
                IN_PROCESS.unlock();
            }
        }
    }

    /** The folder of an entry, marked as used now; null if there is none. */
    Path find(String kind, String hash) throws IOException {
        Path entry = directory.resolve(kind).resolve(hash);
        if (!Files.isDirectory(entry)) {
            return null;
        }
        Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
        return entry;
    }

    /** Makes {@code folder} an entry, by moving it, and drops old entries if there is too much now. */
    Path put(String kind, String hash, Path folder) throws IOException {
        Path entry = directory.resolve(kind).resolve(hash);
        Files.createDirectories(entry.getParent());
        FileTree.delete(entry);
        try {
            Files.move(folder, entry, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(folder, entry);
        }
        Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
        trim(entry);
        return entry;
    }

    /** An empty folder for one build's files, on the same file system as the entries. */
    Path work() throws IOException {
        Path parent = directory.resolve("work");
        // Only the holder of the lock builds, so whatever is there was left behind by builds that were killed.
        FileTree.delete(parent);
        Path work = parent.resolve("build");
        Files.createDirectories(work);
        return work;
    }

    private void trim(Path newest) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (Stream<Path> kinds = Files.list(directory)) {
            for (Path kind : kinds.filter(path -> path.getFileName().toString().endsWith("s") && Files.isDirectory(path)).toList()) {
                try (Stream<Path> found = Files.list(kind)) {
                    found.filter(Files::isDirectory).forEach(entries::add);
                }
            }
        }
        entries.sort(Comparator.comparing(ImageCache::lastUse));
        long total = 0;
        for (Path entry : entries) {
            total += size(entry);
        }
        for (Path entry : entries) {
            if (total <= limit || entry.equals(newest)) {
                break;
            }
            total -= size(entry);
            FileTree.delete(entry);
        }
    }

    private static FileTime lastUse(Path entry) {
        try {
            return Files.getLastModifiedTime(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
