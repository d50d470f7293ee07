package dev.ristretto.kernel.device;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.kernel.memory.NativeHeap;
import dev.ristretto.kernel.platform.BlockingCalls;
import dev.ristretto.kernel.thread.Parking;
import dev.ristretto.machine.DeviceBus;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/**
 * One interrupt of a device, as something that one thread waits for. Raised twice before anybody waits it counts once: the thread looks
 * at the device anyway.
 */
public final class DeviceInterrupt {
    /** A {@link Parking} for each interrupt; made with the first, as most images have none. */
    private static Pointer parkings = Word.nullPointer();

    private final int number;

    private DeviceInterrupt(int number) {
        this.number = number;
    }

    /** Claims an interrupt, for ever; null if there is none left, or no memory. */
    public static DeviceInterrupt claim() {
        int number = claimNumber();
        return number < 0 ? null : new DeviceInterrupt(number);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int claimNumber() {
        if (parkings.isNull()) {
            Pointer made = NativeHeap.allocateZeroed(Word.unsigned((long) DeviceBus.INTERRUPTS * Parking.SIZE));
            if (made.isNull()) {
                return -1;
            }
            long before = Machine.get().disableInterrupts();
            boolean first = parkings.isNull();
            if (first) {
                parkings = made;
            }
            Machine.get().restoreInterrupts(before);
            if (!first) {
                NativeHeap.free(made);
            }
        }
        return DeviceBus.get().claimInterrupt();
    }

    /** Its number, as {@link DeviceBus} wants it. */
    public int number() {
        return number;
    }

    /** Waits until it is raised, or was since the last call, or until {@code deadline} on the scale of {@code System.nanoTime}. */
    public void await(long deadline) {
        BlockingCalls.park(parkings.add(number * Parking.SIZE), deadline);
    }

    /** Lets {@link #await} return, as if the device had raised it. Any thread may call. */
    public void raise() {
        Parking.unpark(parkings.add(number * Parking.SIZE));
    }

    /** From the machine. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void raisedInHandler(int number) {
        Parking.unparkInHandler(parkings.add(number * Parking.SIZE));
    }
}
