package dev.ristretto.devices.host;

import dev.ristretto.devices.memory.DmaMemory;
import dev.ristretto.devices.memory.Registers;

/** What drivers run on. Any thread may call. */
public interface DeviceHost {
    /**
     * Takes physically contiguous memory, zeroed.
     *
     * @param bytes positive; rounded up to pages
     * @return null if there is none
     */
    DmaMemory allocate(int bytes);

    /** As {@link #allocate}, but the contents are undefined: for memory that is written before it is read, much of it perhaps never. */
    default DmaMemory allocateUndefined(int bytes) {
        return allocate(bytes);
    }

    /** Gives memory back. No device may know its address any more. */
    void free(DmaMemory memory);

    /**
     * Makes registers accessible.
     *
     * @param busAddress where devices see them
     * @param bytes      positive
     * @return null if that is not possible, for example because there is memory at that address
     */
    Registers registers(long busAddress, long bytes);

    /** Takes an interrupt; null if there is none left. */
    Interrupt claimInterrupt();

    /** Nanoseconds since some moment; the scale of {@link Interrupt#await}. */
    long nanoTime();

    /** Starts a thread that serves a device and ends with the image. */
    void startThread(String name, Runnable body);
}
