package dev.ristretto.jdk.net.descriptor;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who listens at which file. A socket is found by the file and not by its path, so that renaming the file takes the socket along and
 * deleting it makes the socket unreachable, as on Linux.
 */
public final class UnixSocketNames {
    /** Identifies a file: the number of its mount and its number there. */
    public record FileId(long device, long number) {
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<FileId, UnixSocket> sockets = new HashMap<>();

    void put(FileId file, UnixSocket socket) {
        lock.lock();
        try {
            sockets.put(file, socket);
        } finally {
            lock.unlock();
        }
    }

    void remove(FileId file, UnixSocket socket) {
        lock.lock();
        try {
            sockets.remove(file, socket);
        } finally {
            lock.unlock();
        }
    }

    UnixSocket get(FileId file) {
        lock.lock();
        try {
            return sockets.get(file);
        } finally {
            lock.unlock();
        }
    }
}
