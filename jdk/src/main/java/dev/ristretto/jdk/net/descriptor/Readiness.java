package dev.ristretto.jdk.net.descriptor;

/** What a descriptor is ready for, as a set of bits: those of {@code poll(2)} and {@code epoll(7)} on Linux, which agree. */
public final class Readiness {
    /** There is something to read, the end of input, or a connection to accept: a read would not wait. */
    public static final int IN = 0x1;
    /** A write would not wait, or a connection that was being made is there. */
    public static final int OUT = 0x4;
    /** Something failed, or nobody will read what is written; always reported. */
    public static final int ERROR = 0x8;
    /** Nothing will come and nothing can be sent any more; always reported. */
    public static final int HANG_UP = 0x10;
    /** The descriptor is none; only ever reported. */
    public static final int INVALID = 0x20;
    /** The other side will send nothing more. */
    public static final int READ_HANG_UP = 0x2000;

    /** What is reported whether or not it was asked for. */
    public static final int ALWAYS = ERROR | HANG_UP;

    private Readiness() {
    }
}
