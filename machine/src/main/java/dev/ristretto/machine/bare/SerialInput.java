package dev.ristretto.machine.bare;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;

/**
 * Input of a line that has no end of its own: the launcher ends it with EOT (4), and puts a DLE (16) before an EOT or DLE that is
 * meant literally.
 */
final class SerialInput {
    private static final int EOT = 4;
    private static final int DLE = 16;
    private static final int NONE = -1;
    private static final int END = -2;

    private final SerialPort serial;
    private boolean ended;
    private boolean literal;

    SerialInput(SerialPort serial) {
        this.serial = serial;
    }

    /** A byte, {@link #NONE}, or {@link #END} from the first EOT on. */
    @Uninterruptible(reason = KERNEL_CODE)
    int get() {
        if (ended) {
            return END;
        }
        int value = serial.get();
        if (!literal && value == DLE) {
            literal = true;
            value = serial.get();
        }
        if (value == NONE) {
            return NONE;
        }
        ended = !literal && value == EOT;
        literal = false;
        return ended ? END : value;
    }
}
