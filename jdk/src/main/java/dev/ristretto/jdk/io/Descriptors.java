package dev.ristretto.jdk.io;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.device.NullDevice;
import dev.ristretto.storage.vfs.DescriptorTable;
import dev.ristretto.storage.vfs.OpenFile;

/** The descriptors of the running program; 0, 1 and 2 are the console. */
public final class Descriptors {
    /** How many descriptors a program can have; what Linux grants an ordinary service without asking. */
    public static final int LIMIT = 65_536;

    static final ConsoleBytes CONSOLE = new ConsoleBytes(new KernelConsole());

    /** Numbers that Linux gives to {@code /dev/console} and {@code /dev/null}. */
    private static final long CONSOLE_NUMBER = 5 << 8 | 1;
    private static final long NULL_NUMBER = 1 << 8 | 3;
    private static final int STANDARD_STREAMS = 3;

    private static final DescriptorTable TABLE = standardStreams();

    private Descriptors() {
    }

    private static DescriptorTable standardStreams() {
        DescriptorTable table = new DescriptorTable(LIMIT);
        OpenFile console = new DeviceFile(CONSOLE, CONSOLE_NUMBER);
        try {
            for (int descriptor = 0; descriptor < STANDARD_STREAMS; descriptor++) {
                table.set(descriptor, console);
            }
        } catch (ErrnoException e) {
            throw new IllegalStateException(e);
        }
        return table;
    }

    /** Returns the table. */
    public static DescriptorTable table() {
        return TABLE;
    }

    /** Returns what a descriptor stands for; {@code EBADF} if it is not in use. */
    public static OpenFile get(int descriptor) throws ErrnoException {
        return TABLE.get(descriptor);
    }

    /**
     * Closes a descriptor. As in the JDK on Unix, a standard stream is not closed but leads nowhere afterwards: the next file to be
     * opened must not become the standard output.
     */
    static void closeStream(int descriptor) throws ErrnoException {
        if (descriptor < STANDARD_STREAMS) {
            TABLE.set(descriptor, new DeviceFile(new NullDevice(), NULL_NUMBER));
        } else {
            TABLE.close(descriptor);
        }
    }
}
