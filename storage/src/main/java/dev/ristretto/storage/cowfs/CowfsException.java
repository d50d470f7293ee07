package dev.ristretto.storage.cowfs;

/** A device cannot be formatted, mounted or resized. The message is one sentence about the device, without a name of it. */
public final class CowfsException extends Exception {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Problem {
        /** The device holds something else, or nothing. */
        NOT_COWFS,
        /** It holds a file system of a later version. */
        TOO_NEW,
        /** The device is too small, or smaller than the file system on it. */
        TOO_SMALL,
        /** The device cannot be written. */
        READ_ONLY,
        /** What the device holds is not what was written to it. */
        DAMAGED,
        /** The device failed. */
        DEVICE
    }

    private final Problem problem;

    CowfsException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** Returns what is wrong. */
    public Problem problem() {
        return problem;
    }
}
