package dev.ristretto.kernel.panic;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.jdk.UninterruptibleUtils;
import dev.ristretto.machine.Machine;
import org.graalvm.word.Pointer;

/** Writes straight to the console line: no buffer, no lock, no interrupt. */
final class Report {
    private Report() {
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            Machine.get().consolePut(Machine.ERRORS, UninterruptibleUtils.String.charAt(text, i));
        }
    }

    /** Bytes up to a zero. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void bytes(Pointer text) {
        for (int i = 0; text.readByte(i) != 0; i++) {
            Machine.get().consolePut(Machine.ERRORS, text.readByte(i));
        }
    }

    /** A number that is not negative, in decimal. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void number(long value) {
        long unit = 1;
        while (value / unit >= 10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            Machine.get().consolePut(Machine.ERRORS, (int) ('0' + value / unit % 10));
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static void hex(long value, int digits) {
        text("0x");
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            int digit = (int) (value >>> shift & 15);
            Machine.get().consolePut(Machine.ERRORS, digit < 10 ? '0' + digit : 'a' + digit - 10);
        }
    }
}
