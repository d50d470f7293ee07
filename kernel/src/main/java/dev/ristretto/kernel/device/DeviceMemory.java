package dev.ristretto.kernel.device;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.kernel.memory.AddressSpace;
import dev.ristretto.kernel.memory.Frames;
import dev.ristretto.machine.DeviceBus;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.UnsignedWord;

/** Memory that devices and the processor both reach. Any thread may call. */
public final class DeviceMemory {
    /** Bytes in a page. */
    public static final int PAGE = Frames.PAGE;

    private DeviceMemory() {
    }

    /**
     * Takes physically contiguous memory with undefined contents; its address is what devices call it too.
     *
     * @param bytes positive; rounded up to pages
     * @return its address, a multiple of the page size, or 0 if there is no such run
     */
    @Uninterruptible(reason = KERNEL_CODE)
    public static long allocate(long bytes) {
        return Frames.allocate(Word.unsigned(bytes), Word.unsigned(PAGE)).rawValue();
    }

    /** Gives back what {@link #allocate} returned. No device may know its address any more. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void free(long address, long bytes) {
        Frames.free(Word.unsigned(address), Word.unsigned(bytes));
    }

    /**
     * Makes registers of a device accessible, for ever.
     *
     * @param physical their address on the bus
     * @param bytes    positive
     * @return their address for the processor, or 0 if they cannot be mapped
     */
    @Uninterruptible(reason = KERNEL_CODE)
    public static long mapRegisters(long physical, long bytes) {
        long first = physical & -PAGE;
        long size = physical + bytes - first + PAGE - 1 & -PAGE;
        if (bytes <= 0 || physical + bytes < physical || size <= 0) {
            return 0;
        }
        UnsignedWord address = AddressSpace.reserve(Word.unsigned(size), Word.unsigned(PAGE));
        if (address.equal(0)) {
            return 0;
        }
        if (!DeviceBus.get().mapRegisters(address, Word.unsigned(first), Word.unsigned(size))) {
            AddressSpace.free(address, Word.unsigned(size));
            return 0;
        }
        return address.rawValue() + (physical - first);
    }
}
