package dev.ristretto.devices.share;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ninep.transport.MessageTransport;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Messages one after the other on a stream; the length that each begins with tells where it ends. */
public final class StreamTransport implements MessageTransport {
    private static final int LENGTH = 4;

    private final StreamAccess stream;
    private boolean broken;

    /** The only one to use {@code stream}. */
    public StreamTransport(StreamAccess stream) {
        this.stream = stream;
    }

    @Override
    public int maximum() {
        return USUAL_MAXIMUM;
    }

    @Override
    public int exchange(byte[] message, int length, byte[] answer) throws ErrnoException {
        boolean done = false;
        try {
            if (broken) {
                throw Errno.EIO.exception();
            }
            for (int at = 0; at < length;) {
                at += moved(stream.write(message, at, length - at), length - at);
            }
            read(answer, 0, LENGTH);
            int size = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
            if (size < LENGTH || size > USUAL_MAXIMUM) {
                throw Errno.EIO.exception();
            }
            read(answer, LENGTH, size);
            done = true;
            return size;
        } finally {
            broken = !done; // nobody knows where the next one begins
        }
    }

    private void read(byte[] to, int from, int end) throws ErrnoException {
        for (int at = from; at < end;) {
            at += moved(stream.read(to, at, end - at), end - at);
        }
    }

    private static int moved(int count, int most) throws ErrnoException {
        if (count <= 0 || count > most) {
            throw Errno.EIO.exception();
        }
        return count;
    }
}
