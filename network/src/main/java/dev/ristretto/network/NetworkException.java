package dev.ristretto.network;

/**
 * A socket operation failed for the reason that {@link #errno()} names.
 * <p>
 * Carries no stack trace: a refused connection is everyday business, and the layers above turn this into an exception of their own.
 */
public final class NetworkException extends Exception {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    NetworkException(Errno errno) {
        super(errno.message(), null, false, false);
        this.errno = errno;
    }

    /** Returns the reason. */
    public Errno errno() {
        return errno;
    }
}
