package dev.ristretto.machine;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;

/**
 * A cable as a stream of bytes to whoever started the image: what a machine without a bus has in place of network cards. What the bytes
 * mean is the driver's business.
 *
 * <p>Thread rules: any thread may call, with interrupts enabled or not, but one at a time for each direction, and no interrupt handler.
 * No method waits, none allocates on the Java heap, none throws.
 */
public interface NetworkStream {
    /** In place of a number of bytes: the other end is gone, for ever. */
    int GONE = -1;

    /** The stream of the machine that this image found itself on, or null if that has none. */
    @Uninterruptible(reason = KERNEL_CODE)
    static NetworkStream get() {
        return Machine.get().network();
    }

    /** Takes up to {@code length} (at least 1) bytes that have arrived; how many, 0 if there are none now, {@link #GONE}. */
    @Uninterruptible(reason = KERNEL_CODE)
    int read(Pointer to, int length);

    /** Gives up to {@code length} (at least 1) bytes away; how many were taken, 0 if none can be now, {@link #GONE}. */
    @Uninterruptible(reason = KERNEL_CODE)
    int write(Pointer from, int length);

    /**
     * Has {@link MachineEvents#networkReady} called, once, when bytes have arrived or the other end is gone.
     *
     * @param output when bytes are taken again, too
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void await(boolean output);
}
