package dev.ristretto.storage.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.Node;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file that is open at the server, once for all who hold it here.
 * <p>
 * Servers find a file for everything but reading and writing by the name that it had. When its last name goes, nobody but its holders can
 * see the file any more: from then on its attributes and its length are kept here, and the server is asked for content alone.
 */
final class OpenedFile {
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int READ_WRITE = 2;
    private static final int ZEROS = 64 << 10;

    /** Guarded by the lock of {@link OpenedFiles}. */
    int holders;

    /** Makes what takes several messages one operation. */
    private final ReentrantLock lock = new ReentrantLock();
    private final NinepSession session;
    private final NinepFile file;
    private Fid reader;
    private Fid writer;
    /** As they were when they were last asked for, with what was done here since. */
    private Attributes last;
    private boolean nameless;

    private OpenedFile(NinepSession session, NinepFile file, Attributes attributes) {
        this.session = session;
        this.file = file;
        last = attributes;
    }

    /** Opens a file for reading, or at least for writing; {@code created} is a number by which it is open for both, or null. */
    static OpenedFile open(NinepSession session, NinepFile file, Attributes attributes, Fid created) throws ErrnoException {
        OpenedFile opened = new OpenedFile(session, file, attributes);
        if (created != null) {
            opened.reader = created;
            opened.writer = created;
            return opened;
        }
        try {
            opened.reader = opened.openFor(READ);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EACCES || file.files().isReadOnly()) {
                throw e;
            }
            opened.writer = opened.openFor(WRITE);
        }
        return opened;
    }

    private Fid openFor(int flags) throws ErrnoException {
        Fid own = session.copy(file.fid());
        FileCalls.open(session, own, flags, file.number());
        return own;
    }

    void close() {
        if (reader != null) {
            session.close(reader);
        }
        if (writer != null && writer != reader) {
            session.close(writer);
        }
    }

    /** Opens it for writing too, unless it is; one for both, where that may be, serves for reading as well. */
    private Fid writer() throws ErrnoException {
        if (writer == null) {
            try {
                writer = openFor(READ_WRITE);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EACCES) {
                    throw e;
                }
                writer = openFor(WRITE);
            }
        }
        return writer;
    }

    void requireWritable() throws ErrnoException {
        lock.lock();
        try {
            writer();
        } finally {
            lock.unlock();
        }
    }

    /** It lost one of the names that {@link #last} counts. */
    void lostName() {
        lock.lock();
        try {
            nameless = last.links() <= 1;
            last = with(last, last.size(), Math.max(0, last.links() - 1));
        } finally {
            lock.unlock();
        }
    }

    private static Attributes with(Attributes a, long size, int links) {
        return new Attributes(a.type(), a.number(), a.permissions(), links, a.owner(), a.group(), size, a.allocatedBytes(), a.deviceNumber(), a.accessed(),
                a.modified(), a.changed(), a.created());
    }

    /** Attributes as seen by a name of the file, or what is left of them. */
    Attributes attributes(NinepFile name) throws ErrnoException {
        lock.lock();
        try {
            refresh(name);
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** Asks for attributes; false if that name is not the file's any more. */
    private boolean refresh(NinepFile name) throws ErrnoException {
        if (nameless) {
            return false;
        }
        try {
            last = name.attributesByName();
            return true;
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
            return false; // somebody else removed it; the file is open all the same
        }
    }

    boolean isNameless() {
        lock.lock();
        try {
            return nameless;
        } finally {
            lock.unlock();
        }
    }

    /** Sets what only holders can see; for a file without a name. */
    void setPermissions(int permissions) {
        lock.lock();
        try {
            Attributes a = last;
            last = new Attributes(a.type(), a.number(), permissions, a.links(), a.owner(), a.group(), a.size(), a.allocatedBytes(), a.deviceNumber(),
                    a.accessed(), a.modified(), a.changed(), a.created());
        } finally {
            lock.unlock();
        }
    }

    void setOwner(int owner, int group) {
        lock.lock();
        try {
            Attributes a = last;
            last = new Attributes(a.type(), a.number(), a.permissions(), a.links(), owner == -1 ? a.owner() : owner, group == -1 ? a.group() : group,
                    a.size(), a.allocatedBytes(), a.deviceNumber(), a.accessed(), a.modified(), a.changed(), a.created());
        } finally {
            lock.unlock();
        }
    }

    void setTimes(long accessed, long modified) {
        lock.lock();
        try {
            Attributes a = last;
            last = new Attributes(a.type(), a.number(), a.permissions(), a.links(), a.owner(), a.group(), a.size(), a.allocatedBytes(), a.deviceNumber(),
                    accessed == Node.KEEP_TIME ? a.accessed() : accessed, modified == Node.KEEP_TIME ? a.modified() : modified, a.changed(), a.created());
        } finally {
            lock.unlock();
        }
    }

    int read(long position, ByteBuffer destination) throws ErrnoException {
        lock.lock();
        try {
            Fid fid = reader != null ? reader : writer();
            int sum = 0;
            while (destination.hasRemaining()) {
                int length = Math.min(destination.remaining(), session.dataMaximum());
                if (nameless) {
                    length = (int) Math.clamp(last.size() - position - sum, 0, length);
                }
                int count = length == 0 ? 0 : FileCalls.read(session, fid, position + sum, destination, length);
                sum += count;
                if (count < length || length == 0) {
                    break;
                }
            }
            return sum;
        } finally {
            lock.unlock();
        }
    }

    int write(long position, ByteBuffer source) throws ErrnoException {
        lock.lock();
        try {
            int begin = source.position();
            int sum = 0;
            while (begin + sum < source.limit()) {
                int length = Math.min(source.limit() - begin - sum, session.dataMaximum());
                int count = writeSome(position + sum, source, length, sum > 0);
                sum += count;
                source.position(begin + sum);
                if (count < length) {
                    break;
                }
            }
            if (sum > 0 && position + sum > last.size()) {
                last = with(last, position + sum, last.links());
            }
            return sum;
        } finally {
            lock.unlock();
        }
    }

    /** What has been written stays written: an error after that comes again with the next attempt. */
    private int writeSome(long position, ByteBuffer source, int length, boolean hasWritten) throws ErrnoException {
        try {
            int count = FileCalls.write(session, writer(), position, source, length);
            if (count == 0) {
                throw Errno.EIO.exception();
            }
            return count;
        } catch (ErrnoException e) {
            if (hasWritten) {
                return 0;
            }
            throw e;
        }
    }

    long append(NinepFile name, ByteBuffer source) throws ErrnoException {
        lock.lock();
        try {
            refresh(name);
            long end = last.size();
            return end + write(end, source);
        } finally {
            lock.unlock();
        }
    }

    /** {@code ESTALE} for making a file shorter that may have other names, but not the one that it was opened by: nobody here knows them. */
    void truncate(NinepFile name, long size) throws ErrnoException {
        lock.lock();
        try {
            if (refresh(name)) {
                FileCalls.set(session, name.fid(), MessageTypes.SET_SIZE, 0, 0, 0, size);
            } else if (nameless || size >= last.size()) {
                resizeWithoutName(last.size(), size);
            } else {
                throw Errno.ESTALE.exception();
            }
            last = with(last, size, last.links());
        } finally {
            lock.unlock();
        }
    }

    /** The server has no name for it to be resized by; it keeps more than there is then, and that must be zeros should the file grow again. */
    private void resizeWithoutName(long old, long size) throws ErrnoException {
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.clamp(old - size, 1, ZEROS));
        for (long at = size; at < old;) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), old - at));
            int count = write(at, zeros);
            if (zeros.hasRemaining()) {
                throw Errno.EIO.exception();
            }
            at += count;
        }
        if (size > old) {
            write(size - 1, zeros.limit(1));
        }
    }

    void sync(boolean metadata) throws ErrnoException {
        lock.lock();
        try {
            FileCalls.sync(session, writer != null ? writer : reader, metadata);
        } finally {
            lock.unlock();
        }
    }
}
