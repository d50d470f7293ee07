package dev.ristretto.storage.vfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** Numbers for open files: always the lowest one that is free, as POSIX demands. */
public final class DescriptorTable {
    private final ReentrantLock lock = new ReentrantLock();
    private final int limit;
    private OpenFile[] files = new OpenFile[16];

    /** Every descriptor below this one is in use. */
    private int lowestFree;

    /** @param limit how many descriptors there can be, at least 1; they are below this number */
    public DescriptorTable(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("no descriptor would be below " + limit);
        }
        this.limit = limit;
    }

    /** Returns how many descriptors there can be. */
    public int limit() {
        return limit;
    }

    /**
     * Gives an open file a descriptor. If that fails, and the file has no other descriptor, it is released.
     *
     * @throws ErrnoException {@code EMFILE} if all are in use
     */
    public int add(OpenFile file) throws ErrnoException {
        lock.lock();
        try {
            int descriptor = lowestFree;
            if (descriptor < limit) {
                put(descriptor, file);
                return descriptor;
            }
            if (file.descriptors > 0) {
                throw Errno.EMFILE.exception();
            }
        } finally {
            lock.unlock();
        }
        file.released();
        throw Errno.EMFILE.exception();
    }

    /**
     * Returns what a descriptor stands for.
     *
     * @throws ErrnoException {@code EBADF} if it is not in use
     */
    public OpenFile get(int descriptor) throws ErrnoException {
        lock.lock();
        try {
            return inUse(descriptor);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Frees a descriptor. Operations that are on their way with it finish as if it had not happened.
     *
     * @throws ErrnoException {@code EBADF} if it is not in use
     */
    public void close(int descriptor) throws ErrnoException {
        OpenFile file;
        lock.lock();
        try {
            file = inUse(descriptor);
            files[descriptor] = null;
            lowestFree = Math.min(lowestFree, descriptor);
            if (--file.descriptors > 0) {
                return;
            }
        } finally {
            lock.unlock();
        }
        file.released();
    }

    /**
     * Returns another descriptor for the same open file.
     *
     * @throws ErrnoException {@code EBADF}, {@code EMFILE}
     */
    public int duplicate(int descriptor) throws ErrnoException {
        lock.lock();
        try {
            return add(inUse(descriptor));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes a certain descriptor stand for an open file, instead of what it stands for now, if anything.
     *
     * @throws ErrnoException {@code EBADF} if the descriptor is out of range
     */
    public void set(int descriptor, OpenFile file) throws ErrnoException {
        OpenFile before;
        lock.lock();
        try {
            if (descriptor < 0 || descriptor >= limit) {
                throw Errno.EBADF.exception();
            }
            before = descriptor < files.length ? files[descriptor] : null;
            put(descriptor, file);
            if (before == null || --before.descriptors > 0) {
                return;
            }
        } finally {
            lock.unlock();
        }
        before.released();
    }

    private void put(int descriptor, OpenFile file) {
        if (descriptor >= files.length) {
            files = Arrays.copyOf(files, Math.min(limit, Math.max(files.length * 2, descriptor + 1)));
        }
        files[descriptor] = file;
        file.descriptors++;
        while (lowestFree < files.length && files[lowestFree] != null) {
            lowestFree++;
        }
    }

    private OpenFile inUse(int descriptor) throws ErrnoException {
        if (descriptor < 0 || descriptor >= files.length || files[descriptor] == null) {
            throw Errno.EBADF.exception();
        }
        return files[descriptor];
    }
}
