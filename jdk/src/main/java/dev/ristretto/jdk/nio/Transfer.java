package dev.ristretto.jdk.nio;

import dev.ristretto.jdk.nio.memory.NativeMemory;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.OpenFile;
import java.nio.ByteBuffer;

/** Moves bytes from one open file to another. */
final class Transfer {
    private static final int CHUNK = 64 * 1024;

    /** Stands for the position that an open file has by itself. */
    static final long OWN_POSITION = -1;

    private Transfer() {
    }

    /**
     * Moves bytes until the source ends, the count is reached or the target takes no more.
     *
     * @param from          where to read, or {@link #OWN_POSITION}
     * @param to            where to write, or {@link #OWN_POSITION}
     * @param count         how many bytes at most
     * @param cancelAddress of an {@code int} that becomes something but 0 if the transfer shall end, or 0
     * @return the number of bytes moved
     * @throws ErrnoException {@code ECANCELED}, or if nothing at all could be moved the reason of that
     */
    static long move(OpenFile source, long from, OpenFile target, long to, long count, long cancelAddress) throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(CHUNK, count));
        long moved = 0;
        while (moved < count) {
            if (NativeMemory.isSet(cancelAddress)) {
                throw Errno.ECANCELED.exception();
            }
            buffer.clear().limit((int) Math.min(buffer.capacity(), count - moved));
            int read = from == OWN_POSITION ? source.read(buffer) : source.read(from + moved, buffer);
            if (read == 0) {
                break;
            }
            buffer.flip();
            ErrnoException failure = write(target, to + moved, to == OWN_POSITION, buffer);
            moved += buffer.position();
            if (buffer.hasRemaining()) {
                if (from == OWN_POSITION) {
                    source.skip(-buffer.remaining());
                }
                if (moved == 0) {
                    throw failure;
                }
                // What has been moved counts; the error comes again with the next attempt.
                break;
            }
        }
        return moved;
    }

    /** Writes the whole buffer and returns null, or as much as the target takes and returns why not more. */
    private static ErrnoException write(OpenFile target, long to, boolean atOwnPosition, ByteBuffer buffer) {
        try {
            while (buffer.hasRemaining()) {
                if (atOwnPosition) {
                    target.write(buffer);
                } else {
                    target.write(to + buffer.position(), buffer);
                }
            }
            return null;
        } catch (ErrnoException e) {
            return e;
        }
    }
}
