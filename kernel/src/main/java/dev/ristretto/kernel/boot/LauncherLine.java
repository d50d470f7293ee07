package dev.ristretto.kernel.boot;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.jdk.UninterruptibleUtils;
import dev.ristretto.machine.Machine;

/**
 * What the image tells the launcher, in lines of text that users do not see: {@code exit CODE}, {@code panic}, and, if
 * {@code ristretto.timings} was asked for, {@code mark NAME NANOS} with nanoseconds since the image was entered.
 */
public final class LauncherLine {
    private static boolean timings;

    private LauncherLine() {
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static void reportTimings() {
        timings = true;
        markAt("entry", 0);
    }

    /** Marks that the image has come so far. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void mark(String name) {
        if (timings) {
            markAt(name, Machine.get().nanoTime() - Machine.get().entryNanos());
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static void markAt(String name, long nanos) {
        text("mark ");
        text(name);
        Machine.get().debugPut(' ');
        number(nanos);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    public static void exit(int code) {
        text("exit ");
        number(code);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    public static void panic() {
        text("panic\n");
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            Machine.get().debugPut(UninterruptibleUtils.String.charAt(text, i));
        }
    }

    /** A number that is not negative, and the end of the line. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static void number(long value) {
        long unit = 1;
        while (value / unit >= 10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            Machine.get().debugPut((int) ('0' + value / unit % 10));
        }
        Machine.get().debugPut('\n');
    }
}
