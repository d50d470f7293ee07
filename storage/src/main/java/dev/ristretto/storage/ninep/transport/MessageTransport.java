package dev.ristretto.storage.ninep.transport;

import dev.ristretto.storage.ErrnoException;

/**
 * Carries messages to a server of 9P and its answers back, one at a time. What is in them is the client's business, and so is whether an
 * answer makes sense.
 */
public interface MessageTransport {
    /** A {@link #maximum()} that our transports and our server have in common, in bytes: neither has to make do with less than it has room for. */
    int USUAL_MAXIMUM = 128 << 10;

    /** Most bytes of a message, in both directions; at least 8192, the same for ever. */
    int maximum();

    /**
     * Sends a message and waits for the answer, as long as it takes. One thread at a time.
     *
     * @param message begins with its length as every message of 9P does
     * @param length  bytes of it, up to {@link #maximum()}
     * @param answer  takes the answer from its begin on; {@link #maximum()} bytes or more
     * @return bytes of the answer, from 0 to {@link #maximum()}
     * @throws ErrnoException {@code EIO} if the other end is gone or broke a rule of the transport's
     */
    int exchange(byte[] message, int length, byte[] answer) throws ErrnoException;
}
