package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;

/** Conversion between counter ticks and nanoseconds: a 32.32 fixed-point factor, exact to the last bit for any 64-bit count. */
final class TickScale {
    private TickScale() {
    }

    /** {@code ticks * factor / 2^32} without overflow for results below 2^63; both arguments are not negative. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static long scale(long ticks, long factor) {
        long high = ticks >>> 32;
        long low = ticks & 0xFFFF_FFFFL;
        long factorHigh = factor >>> 32;
        long factorLow = factor & 0xFFFF_FFFFL;
        return high * factor + low * factorHigh + (low * factorLow >>> 32);
    }

    /** The factor that turns {@code from} into {@code to}; both positive, {@code from} below 2^31 times {@code to}. */
    @Uninterruptible(reason = KERNEL_CODE)
    static long factor(long from, long to) {
        long whole = to / from;
        long rest = to % from;
        long fraction = 0;
        for (int i = 0; i < 32; i++) {
            rest <<= 1;
            fraction <<= 1;
            if (rest >= from) {
                rest -= from;
                fraction |= 1;
            }
        }
        return whole << 32 | fraction;
    }
}
