package dev.ristretto.jdk.net.descriptor;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/** Two open files: what is written to one can be read from the other ({@code pipe(7)}). */
public final class Pipe {
    private final ByteQueue queue = new ByteQueue(this::queueChanged);
    private final Pollable source = new Source();
    private final Pollable sink = new Sink();

    /** Returns the end to read from. */
    public Pollable source() {
        return source;
    }

    /** Returns the end to write to. */
    public Pollable sink() {
        return sink;
    }

    private void queueChanged() {
        source.changed();
        sink.changed();
    }

    private final class Source extends Pollable {
        @Override
        public int readiness() {
            return (queue.length() > 0 ? Readiness.IN : 0) | (queue.isWriterGone() ? Readiness.HANG_UP : 0);
        }

        @Override
        protected int tryRead(ByteBuffer destination) {
            return queue.read(destination);
        }

        @Override
        protected int tryWrite(ByteBuffer bytes) throws ErrnoException {
            throw Errno.EBADF.exception();
        }

        @Override
        public long available() {
            return queue.length();
        }

        @Override
        protected void close() {
            queue.endReading();
        }
    }

    private final class Sink extends Pollable {
        @Override
        public int readiness() {
            return (queue.isWritable() ? Readiness.OUT : 0) | (queue.isReaderGone() ? Readiness.ERROR : 0);
        }

        @Override
        protected int tryRead(ByteBuffer destination) throws ErrnoException {
            throw Errno.EBADF.exception();
        }

        @Override
        protected int tryWrite(ByteBuffer bytes) throws ErrnoException {
            return queue.write(bytes);
        }

        @Override
        protected void close() {
            queue.endWriting();
        }
    }
}
