package dev.ristretto.kernel.device;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
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
 * One interrupt of a device, as something that a thread waits for. Several can wake the same thread. Raised twice before anybody looks it
 * counts once: the thread looks at the device anyway.
 */
public final class DeviceInterrupt {
    /** Words of an interrupt: what the thread that it wakes waits in, and whether it was raised; then a {@link Parking} of its own. */
    private static final int WAKES = 0;
    private static final int RAISED = 8;
    private static final int PARKING = 16;
    private static final int SIZE = PARKING + Parking.SIZE;

    /** One for each interrupt; made with the first, as most images have none. */
    private static Pointer table = Word.nullPointer();

    private final int number;

    private DeviceInterrupt(int number) {
        this.number = number;
    }

    /** Claims an interrupt, for ever; null if there is none left, or no memory. */
    public static DeviceInterrupt claim() {
        int number = claimNumber(-1);
        return number < 0 ? null : new DeviceInterrupt(number);
    }

    /** Claims an interrupt that lets {@link #await} of this one return. */
    public DeviceInterrupt claimSibling() {
        int sibling = claimNumber(number);
        return sibling < 0 ? null : new DeviceInterrupt(sibling);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int claimNumber(int wakes) {
        if (table.isNull()) {
            Pointer made = NativeHeap.allocateZeroed(Word.unsigned((long) DeviceBus.INTERRUPTS * SIZE));
            if (made.isNull()) {
                return -1;
            }
            long before = Machine.get().disableInterrupts();
            boolean first = table.isNull();
            if (first) {
                table = made;
            }
            Machine.get().restoreInterrupts(before);
            if (!first) {
                NativeHeap.free(made);
            }
        }
        int number = DeviceBus.get().claimInterrupt();
        if (number >= 0) {
            entry(number).writeWord(WAKES, wakes < 0 ? entry(number).add(PARKING) : entry(wakes).readWord(WAKES));
        }
        return number;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static Pointer entry(int number) {
        return table.add(number * SIZE);
    }

    /** Its number, as {@link DeviceBus} wants it. */
    public int number() {
        return number;
    }

    /**
     * Waits until it or a sibling is raised, or was since the last call, or until {@code deadline} on the scale of
     * {@code System.nanoTime}. One thread only.
     */
    public void await(long deadline) {
        BlockingCalls.park(entry(number).readWord(WAKES), deadline);
    }

    /** True if it was raised since the last call. */
    public boolean takeRaised() {
        boolean raised = entry(number).readLong(RAISED) != 0;
        if (raised) {
            entry(number).writeLong(RAISED, 0);
        }
        return raised;
    }

    /** Lets {@link #await} return, as if the device had raised it. Any thread may call. */
    public void raise() {
        wake(number);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void wake(int number) {
        entry(number).writeLong(RAISED, 1);
        Parking.unpark(entry(number).readWord(WAKES));
    }

    /** From the machine. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void raisedInHandler(int number) {
        entry(number).writeLong(RAISED, 1);
        Parking.unparkInHandler(entry(number).readWord(WAKES));
    }
}
