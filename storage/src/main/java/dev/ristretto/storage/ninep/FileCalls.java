package dev.ristretto.storage.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileType;
import java.nio.ByteBuffer;

/** Questions about one file. */
final class FileCalls {
    private static final long SECOND = 1_000_000_000L;
    private static final int STAT_UNIT = 512;

    private FileCalls() {
    }

    /** What is known about a file; {@link Attributes#number} is from {@link #number}. */
    static Attributes attributes(NinepSession session, Fid fid) throws ErrnoException {
        return session.call(MessageTypes.GETATTR, message -> message.put32(fid.number()).put64(MessageTypes.GETATTR_ALL), message -> {
            long valid = message.take64();
            long number = number(message.takeQid());
            int mode = message.take32();
            int owner = message.take32();
            int group = message.take32();
            long links = message.take64();
            long device = message.take64();
            long size = message.take64();
            message.take64();
            long blocks = message.take64();
            long accessed = time(message);
            long modified = time(message);
            long changed = time(message);
            long created = time(message);
            message.take64();
            message.take64();
            FileType type = FileType.of(mode);
            if ((valid & MessageTypes.GETATTR_BASIC) != MessageTypes.GETATTR_BASIC || size < 0 || type == null) {
                throw Errno.EIO.exception();
            }
            boolean isDevice = type == FileType.CHARACTER_DEVICE || type == FileType.BLOCK_DEVICE;
            return new Attributes(type, number, mode & Attributes.PERMISSION_BITS, (int) Math.clamp(links, 0, Integer.MAX_VALUE), owner, group, size,
                    Math.clamp(blocks, 0, Long.MAX_VALUE / STAT_UNIT) * STAT_UNIT, isDevice ? device : 0, accessed, modified, changed,
                    (valid & MessageTypes.GETATTR_BTIME) != 0 ? created : modified);
        });
    }

    /** The inode number for what a server says a file is. */
    static long number(Qid qid) {
        long number = qid.path() & Long.MAX_VALUE;
        return number == 0 ? Long.MAX_VALUE : number;
    }

    private static long time(Message message) throws ErrnoException {
        long seconds = message.take64();
        long nanos = message.take64();
        return Math.clamp(seconds, Long.MIN_VALUE / SECOND + 1, Long.MAX_VALUE / SECOND - 1) * SECOND + Math.floorMod(nanos, SECOND);
    }

    /** Sets what {@code valid} names. */
    static void set(NinepSession session, Fid fid, int valid, int mode, int owner, int group, long size) throws ErrnoException {
        session.call(MessageTypes.SETATTR, message -> message.put32(fid.number()).put32(valid).put32(mode).put32(owner).put32(group).put64(size)
                .put64(0).put64(0).put64(0).put64(0));
    }

    static void setTimes(NinepSession session, Fid fid, int valid, long accessed, long modified) throws ErrnoException {
        session.call(MessageTypes.SETATTR, message -> message.put32(fid.number()).put32(valid).put32(0).put32(0).put32(0).put64(0)
                .put64(Math.floorDiv(accessed, SECOND)).put64(Math.floorMod(accessed, SECOND))
                .put64(Math.floorDiv(modified, SECOND)).put64(Math.floorMod(modified, SECOND)));
    }

    /** Opens a file by a number of its own, which is closed if that fails. */
    static void open(NinepSession session, Fid own, int flags, long expected) throws ErrnoException {
        boolean done = false;
        try {
            Qid qid = session.call(MessageTypes.LOPEN, message -> message.put32(own.number()).put32(flags), FileCalls::opened);
            if (number(qid) != expected) {
                throw Errno.ESTALE.exception(); // the name is another file's meanwhile
            }
            done = true;
        } finally {
            if (!done) {
                session.close(own);
            }
        }
    }

    /** The answer to what opens: a number of bytes per message follows, which is advice. */
    static Qid opened(Message message) throws ErrnoException {
        Qid qid = message.takeQid();
        message.take32();
        return qid;
    }

    /** Reads up to {@code length} bytes; how many, 0 at the end of the file. */
    static int read(NinepSession session, Fid fid, long position, ByteBuffer destination, int length) throws ErrnoException {
        return session.call(MessageTypes.READ, message -> message.put32(fid.number()).put64(position).put32(length), message -> {
            ByteBuffer data = message.takeData(length);
            int count = data.remaining();
            destination.put(data);
            return count;
        });
    }

    /** Writes {@code length} bytes; how many were. The buffer's position does not matter after an error. */
    static int write(NinepSession session, Fid fid, long position, ByteBuffer source, int length) throws ErrnoException {
        return session.call(MessageTypes.WRITE, message -> message.put32(fid.number()).put64(position).putData(source, length), message -> {
            int count = message.take32();
            if (count < 0 || count > length) {
                throw Errno.EIO.exception();
            }
            return count;
        });
    }

    static void sync(NinepSession session, Fid opened, boolean metadata) throws ErrnoException {
        session.call(MessageTypes.FSYNC, message -> message.put32(opened.number()).put32(metadata ? 0 : 1));
    }
}
