package dev.ristretto.machine;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;

/**
 * A stream of bytes to whoever lends folders to the image, on a machine without a bus. What is said on it is the business of those above.
 *
 * <p>Thread rules: any thread may call, but one at a time, with interrupts enabled, and no interrupt handler. A call waits until bytes have
 * come or gone; other threads run meanwhile when interrupts let them. None allocates on the Java heap, none throws.
 */
public interface FolderStream {
    /** In place of a number of bytes: the other end is gone, for ever. */
    int GONE = -1;

    /** The stream of the machine that this image found itself on, or null if that has none. */
    @Uninterruptible(reason = KERNEL_CODE)
    static FolderStream get() {
        return Machine.get().folders();
    }

    /** Takes up to {@code length} (at least 1) bytes; how many, at least 1, or {@link #GONE}. */
    @Uninterruptible(reason = KERNEL_CODE)
    int read(Pointer to, int length);

    /** Gives up to {@code length} (at least 1) bytes away; how many, at least 1, or {@link #GONE}. */
    @Uninterruptible(reason = KERNEL_CODE)
    int write(Pointer from, int length);
}
