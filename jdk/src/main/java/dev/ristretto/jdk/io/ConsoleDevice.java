package dev.ristretto.jdk.io;

/** The console of the machine: one stream of bytes in, one out. Safe for use by several threads; each write stays in one piece. */
interface ConsoleDevice {
    /** Waits for input and returns the number of bytes read, at least one unless {@code length} is 0, or -1 at the end of input. */
    int read(byte[] bytes, int offset, int length);

    /** Writes all bytes. */
    void write(byte[] bytes, int offset, int length);

    /** Returns how many bytes can be read without waiting. */
    int available();
}
