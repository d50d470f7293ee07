package dev.ristretto.storage.vfs;

/** The flags of {@code open(2)}, with the values that Linux gives them on x86-64 ({@code asm-generic/fcntl.h}). */
public final class OpenFlags {
    /** Mask of the two bits that tell how the file will be used. */
    public static final int O_ACCMODE = 03;
    public static final int O_RDONLY = 00;
    public static final int O_WRONLY = 01;
    public static final int O_RDWR = 02;
    /** Create the file unless it exists. */
    public static final int O_CREAT = 0100;
    /** With {@link #O_CREAT}: fail with {@code EEXIST} if the name is taken, even by a symbolic link to nowhere. */
    public static final int O_EXCL = 0200;
    /** Cut an existing file to length 0, if it is opened for writing. */
    public static final int O_TRUNC = 01000;
    /** Every write goes to the end of the file. */
    public static final int O_APPEND = 02000;
    /** Every write is synchronised, data only. */
    public static final int O_DSYNC = 010000;
    /** Fail with {@code ENOTDIR} unless it is a directory. */
    public static final int O_DIRECTORY = 0200000;
    /** Fail with {@code ELOOP} if it is a symbolic link. */
    public static final int O_NOFOLLOW = 0400000;
    /** Every write is synchronised, with metadata; includes {@link #O_DSYNC}. */
    public static final int O_SYNC = 04010000;

    private OpenFlags() {
    }

    static boolean readable(int flags) {
        return (flags & O_ACCMODE) != O_WRONLY;
    }

    static boolean writable(int flags) {
        return (flags & O_ACCMODE) != O_RDONLY;
    }
}
