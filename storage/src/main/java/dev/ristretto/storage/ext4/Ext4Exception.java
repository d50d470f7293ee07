package dev.ristretto.storage.ext4;

/** A device cannot be mounted. The message is one sentence about the device, without a name of it. */
public final class Ext4Exception extends Exception {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Problem {
        /** The device holds something else, or nothing. */
        NOT_EXT4,
        /** The file system uses something that is not known here. */
        UNSUPPORTED,
        /** The device is smaller than the file system on it. */
        TOO_SMALL,
        /** What the device holds is not what was written to it. */
        DAMAGED,
        /** The device failed. */
        DEVICE
    }

    private final Problem problem;

    Ext4Exception(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    /** Returns what is wrong. */
    public Problem problem() {
        return problem;
    }
}
