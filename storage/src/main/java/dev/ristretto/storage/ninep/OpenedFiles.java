package dev.ristretto.storage.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** The files of a file system that somebody holds, by their numbers. */
final class OpenedFiles {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, OpenedFile> byNumber = new HashMap<>();
    private final NinepSession session;

    OpenedFiles(NinepSession session) {
        this.session = session;
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return byNumber.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The file as somebody holds it; null if nobody does, or {@code file} is null. */
    OpenedFile of(NinepFile file) {
        lock.lock();
        try {
            return file == null ? null : byNumber.get(file.number());
        } finally {
            lock.unlock();
        }
    }

    /** Holds a file, which opens it if nobody does yet; {@code created} is a number by which it is open already, or null. */
    OpenedFile hold(NinepFile file, Fid created) throws ErrnoException {
        lock.lock();
        try {
            OpenedFile held = byNumber.get(file.number());
            if (held == null) {
                held = open(file, created);
                byNumber.put(file.number(), held);
            } else if (created != null) {
                session.close(created);
            }
            held.holders++;
            return held;
        } finally {
            lock.unlock();
        }
    }

    private OpenedFile open(NinepFile file, Fid created) throws ErrnoException {
        try {
            Attributes attributes = file.attributes();
            if (attributes.type() != FileType.REGULAR) {
                throw Errno.ENXIO.exception();
            }
            return OpenedFile.open(session, file, attributes, created);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            throw (isThere(file) ? Errno.EIO : Errno.ESTALE).exception(); // who is told of the latter looks again, which has to help
        }
    }

    private static boolean isThere(NinepFile file) {
        try {
            file.attributes();
            return true;
        } catch (ErrnoException e) {
            return false;
        }
    }

    void drop(NinepFile file) {
        lock.lock();
        try {
            OpenedFile held = byNumber.get(file.number());
            if (held != null && --held.holders == 0) {
                byNumber.remove(file.number());
                held.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
