package dev.ristretto.machine;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;

/**
 * A cable to whoever started the image: what a machine without a bus has in place of network cards. It carries either a stream of bytes,
 * whose meaning is the driver's business, or whole frames; {@link #mtu} tells.
 *
 * <p>Thread rules: any thread may call, with interrupts enabled or not, but one at a time for each direction, and no interrupt handler.
 * No method waits, none allocates on the Java heap, none throws.
 */
public interface NetworkStream {
    /** In place of a number of bytes: the other end is gone, for ever. */
    int GONE = -1;

    /** In place of a number of bytes that were given away: this frame was dropped, because the other end is down or refuses it. Later ones may pass. */
    int REFUSED = -2;

    /** The stream of the machine that this image found itself on, or null if that has none. */
    @Uninterruptible(reason = KERNEL_CODE)
    static NetworkStream get() {
        return Machine.get().network();
    }

    /**
     * 0 if this is a stream of bytes. Otherwise each read and each write is one Ethernet frame behind a header of virtio-net's (virtio 1.2
     * §5.1.6, of 12 bytes, in both directions with segments left whole and checksums left open), and this is the largest IP packet in bytes.
     * The same for ever.
     */
    @Uninterruptible(reason = KERNEL_CODE)
    int mtu();

    /** Takes up to {@code length} (at least 1) bytes that have arrived; how many, 0 if there are none now, {@link #GONE}. */
    @Uninterruptible(reason = KERNEL_CODE)
    int read(Pointer to, int length);

    /** Gives up to {@code length} (at least 1) bytes away; how many were taken, 0 if none can be now, {@link #GONE}, with frames {@link #REFUSED}. */
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
