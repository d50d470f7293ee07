package dev.ristretto.jdk.net.descriptor;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/**
 * What a descriptor stands for between closing a channel and the moment when the last thread has done with it: nothing waits, nothing
 * succeeds, and the number is not given to another file meanwhile.
 */
public final class ClosedFile extends Pollable {
    @Override
    public int readiness() {
        return Readiness.IN | Readiness.OUT | Readiness.HANG_UP;
    }

    @Override
    protected int tryRead(ByteBuffer destination) {
        return 0;
    }

    @Override
    protected int tryWrite(ByteBuffer source) throws ErrnoException {
        throw Errno.EPIPE.exception();
    }

    @Override
    protected void close() {
        // Holds nothing.
    }
}
