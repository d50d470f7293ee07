package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** The launcher's own line: a descriptor that it handed in, written a line at a time; without one it goes nowhere. */
final class LauncherPipe {
    private static final int LONGEST = 128;

    private final byte[] line = new byte[LONGEST];
    private int length;
    private int descriptor = -1;

    /** {@code handed} is the descriptor's number, or -1; the first three are the console's. */
    @Uninterruptible(reason = KERNEL_CODE)
    void start(int handed) {
        descriptor = handed > 2 ? handed : -1;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    int descriptor() {
        return descriptor;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void put(int value) {
        if (descriptor < 0) {
            return;
        }
        line[length++] = (byte) value;
        if (value == '\n' || length == LONGEST) {
            Pointer out = StackValue.get(LONGEST);
            for (int i = 0; i < length; i++) {
                out.writeByte(i, line[i]);
            }
            Linux.write(descriptor, out, length);
            length = 0;
        }
    }
}
