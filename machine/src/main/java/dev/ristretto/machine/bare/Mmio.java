package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.internal.misc.Unsafe;

/** Device registers in memory: every access happens, once, in program order. */
final class Mmio {
    private static final Unsafe U = Unsafe.getUnsafe();

    private Mmio() {
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static int read32(long address) {
        return U.getIntVolatile(null, address);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static void write32(long address, int value) {
        U.putIntVolatile(null, address, value);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static void write8(long address, byte value) {
        U.putByteVolatile(null, address, value);
    }
}
