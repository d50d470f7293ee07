package dev.ristretto.network.device;

import java.nio.ByteBuffer;

/** Where the memory of packets comes from. It is asked when a pool is made, never after. */
@FunctionalInterface
public interface PacketMemory {
    /**
     * Returns a buffer with exactly that capacity and undefined contents, as those of a packet are that is recycled. Big-endian or not:
     * {@link Packet} sets the order.
     */
    ByteBuffer allocate(int bytes);

    /**
     * Returns the address by which a device reaches the first byte of a buffer that came from {@link #allocate}, or 0 if there is none. If not 0, the
     * whole buffer is contiguous for the device.
     */
    default long deviceAddress(ByteBuffer buffer) {
        return 0;
    }
}
