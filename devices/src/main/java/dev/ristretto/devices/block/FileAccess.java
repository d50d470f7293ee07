package dev.ristretto.devices.block;

/**
 * A file that a machine keeps a disk in, as {@link FileDisk} needs it. Results below 0 are errors. Any number of threads may call at a time;
 * a call returns when it is done.
 */
public interface FileAccess {
    /** In place of a result: the file cannot be read or written. */
    int FAILED = -1;
    /** In place of a result: there is no space left where it is kept. */
    int FULL = -2;
    /** In place of a result: such files cannot do that. */
    int UNSUPPORTED = -3;

    /** Bytes; the same for ever. */
    long size();

    /** Whether it is for reading only. */
    boolean isReadOnly();

    /** Reads up to {@code length} bytes; how many, 0 behind the end. */
    int read(long position, byte[] to, int offset, int length);

    /** Writes up to {@code length} bytes; how many. */
    int write(long position, byte[] from, int offset, int length);

    /** Makes all that was written last; 0, or {@link #FAILED}. */
    int flush();

    /** Makes a range read as zeros and take no space; 0, or an error. */
    int clear(long position, long length);
}
