package dev.ristretto.storage.node;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/** Something that bytes can be read from or written to, without a position. */
public interface CharacterDevice {
    /**
     * Reads at least one byte, up to the space left in the buffer, waiting as long as it takes.
     *
     * @return the number of bytes read, 0 at the end of input or if the buffer is full
     */
    int read(ByteBuffer destination) throws ErrnoException;

    /**
     * Writes what is left in the buffer.
     *
     * @return the number of bytes written, which is less than asked for only in exceptional cases
     */
    int write(ByteBuffer source) throws ErrnoException;

    /** Returns how many bytes can be read without waiting, or a lower bound of it. */
    default int available() {
        return 0;
    }

    /** Tells whether a person may be at the other end, as {@code isatty(3)} does. */
    default boolean isTerminal() {
        return false;
    }
}
