package dev.ristretto.jdk.io;

import dev.ristretto.kernel.console.Console;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.device.NullDevice;
import dev.ristretto.storage.vfs.DescriptorTable;
import dev.ristretto.storage.vfs.OpenFile;

/** The descriptors of the running program; 0, 1 and 2 are the console. */
public final class Descriptors {
    /** How many descriptors a program can have; what Linux grants an ordinary service without asking. */
    public static final int LIMIT = 65_536;

    static final ConsoleBytes CONSOLE = new ConsoleBytes(new KernelConsole(Console.OUTPUT));
    private static final ConsoleBytes ERRORS = new ConsoleBytes(new KernelConsole(Console.ERRORS));

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
            table.set(0, console);
            table.set(1, console);
            table.set(2, new DeviceFile(ERRORS, CONSOLE_NUMBER));
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
