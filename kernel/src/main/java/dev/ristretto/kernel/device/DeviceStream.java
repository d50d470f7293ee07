package dev.ristretto.kernel.device;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import dev.ristretto.kernel.platform.BlockingCalls;
import dev.ristretto.kernel.thread.Parking;
import dev.ristretto.machine.NetworkStream;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/** The machine's cable, if it has one, as something that one thread waits for. See {@link NetworkStream} for who may call. */
public final class DeviceStream {
    private static final CGlobalData<Pointer> PARKING = CGlobalDataFactory.createBytes(() -> Parking.SIZE);

    private DeviceStream() {
    }

    /** True if this machine has a cable of this kind; the other methods are for such machines alone. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean isPresent() {
        return NetworkStream.get() != null;
    }

    /** As {@link NetworkStream#mtu}. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static int mtu() {
        return NetworkStream.get().mtu();
    }

    /** As {@link NetworkStream#read}, to memory outside the Java heap. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static int read(long address, int length) {
        return NetworkStream.get().read(Word.pointer(address), length);
    }

    /** As {@link NetworkStream#write}, from memory outside the Java heap. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static int write(long address, int length) {
        return NetworkStream.get().write(Word.pointer(address), length);
    }

    /**
     * Waits until bytes have arrived, or the other end is gone, or {@link #wake} was called since the last return, or until
     * {@code deadline} on the scale of {@code System.nanoTime}. One thread only.
     *
     * @param output until bytes are taken again, too
     */
    public static void await(boolean output, long deadline) {
        listen(output);
        BlockingCalls.park(PARKING.get(), deadline);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void listen(boolean output) {
        NetworkStream.get().await(output);
    }

    /** Lets {@link #await} return. Any thread may call. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void wake() {
        Parking.unpark(PARKING.get());
    }

    /** From the machine. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void readyInHandler() {
        Parking.unparkInHandler(PARKING.get());
    }
}
