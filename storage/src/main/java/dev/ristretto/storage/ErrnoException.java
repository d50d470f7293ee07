package dev.ristretto.storage;

/**
 * An operation on files failed for the reason that {@link #errno()} names.
 * <p>
 * Carries no stack trace: asking for files that do not exist is everyday business, and the layers above turn this into an
 * exception of their own, with a trace and the name of the file.
 */
public final class ErrnoException extends Exception {
    private static final long serialVersionUID = 1;

    private final Errno errno;

    ErrnoException(Errno errno) {
        super(errno.message(), null, false, false);
        this.errno = errno;
    }

    /** Returns the reason. */
    public Errno errno() {
        return errno;
    }
}
