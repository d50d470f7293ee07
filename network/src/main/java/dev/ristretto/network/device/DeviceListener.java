package dev.ristretto.network.device;

/**
 * The stack, as a device sees it. All methods take the stack's lock and may be called from any thread, but not from within
 * {@link NetworkDevice#transmit} or {@link NetworkDevice#flush}, and not with a lock held that the device takes in those.
 */
public interface DeviceListener {
    /**
     * A frame has arrived: the bytes of the packet from its start, for its length, without the frame check sequence. The packet belongs to
     * the stack from now on, which calls {@link Packet#release} when it is done with it: mostly within this call, but it may keep a packet
     * for as long as a program does not read. Any length and content is fine; nonsense is counted and dropped.
     */
    void received(Packet packet);

    /** As {@link #received(Packet)} for the first {@code count} elements, in that order, under one lock: what a driver found in one look at its ring. */
    default void received(Packet[] packets, int count) {
        for (int i = 0; i < count; i++) {
            received(packets[i]);
        }
    }

    /** After {@link NetworkDevice#transmit} returned false: there is room again. May be called without need. */
    void transmitReady();

    /** The link went up or down. Repeats do no harm. */
    void linkChanged(boolean up);
}
