package dev.ristretto.kernel.console;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.jdk.UninterruptibleUtils;
import dev.ristretto.machine.Machine;
import org.graalvm.word.Pointer;

/**
 * What the kernel has to say of itself: kept in memory for the panic report, and written to the console when it is asked for
 * ({@code ristretto.verbose}). Text is ASCII. Callable from anywhere.
 */
public final class KernelLog {
    private static final int SIZE = 4096;
    private static final CGlobalData<Pointer> TEXT = CGlobalDataFactory.createBytes(() -> SIZE);
    private static long written;
    private static boolean verbose;

    private KernelLog() {
    }

    /** From now on everything also goes to the console. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void setVerbose() {
        verbose = true;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    public static void put(int value) {
        TEXT.get().writeByte((int) (written++ % SIZE), (byte) value);
        if (verbose) {
            long interrupts = Machine.get().disableInterrupts();
            ConsoleLine.flush();
            Machine.get().consolePut(Machine.ERRORS, value);
            Machine.get().restoreInterrupts(interrupts);
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    public static void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(UninterruptibleUtils.String.charAt(text, i));
        }
    }

    /** Writes a number in decimal. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void number(long value) {
        if (value < 0) {
            put('-');
        }
        long rest = value;
        long unit = 1;
        while (rest / unit >= 10 || rest / unit <= -10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            long digit = rest / unit % 10;
            put((int) ('0' + (digit < 0 ? -digit : digit)));
        }
    }

    /** Writes the last {@code lines} lines straight to the console. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void replay(int lines) {
        long oldest = written > SIZE ? written - SIZE : 0;
        long from = written;
        for (int seen = 0; from > oldest; from--) {
            if (TEXT.get().readByte((int) ((from - 1) % SIZE)) == '\n' && seen++ == lines) {
                break;
            }
        }
        for (; from < written; from++) {
            Machine.get().consolePut(Machine.ERRORS, TEXT.get().readByte((int) (from % SIZE)));
        }
    }
}
