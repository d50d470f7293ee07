package dev.ristretto.storage.ninep;

/** Types of requests; that of the answer is one more, or {@link #LERROR} + 1. And the numbers that go with them. */
public final class MessageTypes {
    /** Never sent; its answer says why something failed. */
    public static final int LERROR = 6;
    public static final int STATFS = 8;
    public static final int LOPEN = 12;
    public static final int LCREATE = 14;
    public static final int SYMLINK = 16;
    public static final int READLINK = 22;
    public static final int GETATTR = 24;
    public static final int SETATTR = 26;
    public static final int READDIR = 40;
    public static final int FSYNC = 50;
    public static final int LINK = 70;
    public static final int MKDIR = 72;
    public static final int RENAMEAT = 74;
    public static final int UNLINKAT = 76;
    public static final int VERSION = 100;
    public static final int ATTACH = 104;
    public static final int FLUSH = 108;
    public static final int WALK = 110;
    public static final int READ = 116;
    public static final int WRITE = 118;
    public static final int CLUNK = 120;

    /** The protocol's name. */
    public static final String PROTOCOL = "9P2000.L";
    /** Tag of {@link #VERSION}. */
    public static final int NO_TAG = 0xFFFF;
    /** In place of a fid, a user or a group: none. */
    public static final int NONE = -1;
    /** Bytes around the data of a read or a write, rounded up. */
    public static final int DATA_OVERHEAD = 24;
    /** {@link #UNLINKAT}: the name of a directory. */
    public static final int AT_REMOVEDIR = 0x200;

    /** {@link #GETATTR}: everything but the last two fields, which no server knows. */
    public static final long GETATTR_ALL = 0xFFF;
    public static final long GETATTR_BASIC = 0x7FF;
    public static final long GETATTR_BTIME = 0x800;

    /** {@link #SETATTR}: what is to be set. */
    public static final int SET_MODE = 1;
    public static final int SET_UID = 2;
    public static final int SET_GID = 4;
    public static final int SET_SIZE = 8;
    public static final int SET_ATIME = 0x10;
    public static final int SET_MTIME = 0x20;
    /** The time is the given one, not the server's. */
    public static final int SET_ATIME_GIVEN = 0x80;
    public static final int SET_MTIME_GIVEN = 0x100;

    private MessageTypes() {
    }
}
