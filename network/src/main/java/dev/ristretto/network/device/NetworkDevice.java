package dev.ristretto.network.device;

/**
 * An Ethernet card, or something that looks like one.
 * <p>
 * Threads and locks: the stack calls {@link #transmit}, {@link #flush} and the queries while it holds its own lock, so they must not block
 * and must not call back into the stack. A device may take a lock of its own in them; it must not hold that lock while it calls its
 * {@link DeviceListener}, because the stack takes its own there.
 */
public interface NetworkDevice {
    /** Returns the name that programs see, such as {@code eth0}; at most 15 characters. Never changes. */
    String name();

    /** Returns the card's own Ethernet address. Never changes. */
    MacAddress macAddress();

    /** Returns the largest IP packet in bytes that the card can send and receive, Ethernet header not counted; at least 1280 (RFC 8200 §5). Never changes. */
    int mtu();

    /** Returns whether there is a cable with something at the other end. Changes are told by {@link DeviceListener#linkChanged}. */
    boolean linkUp();

    /** Returns what the card does for the stack; the bits of {@link DeviceFeatures}. Never changes. */
    int features();

    /**
     * Returns the bytes that the device wants free in front of each Ethernet frame of a packet to be sent, for a header of its own (virtio-net
     * has one of 12 bytes); from 0 to 64. Never changes. What is there when {@link #transmit} is called is the device's to overwrite.
     */
    default int headroom() {
        return 0;
    }

    /**
     * Sets who is told of received packets. Called once, before the first {@link #transmit}; packets received before are dropped.
     * A device that is taken away from the stack is given null.
     */
    void attach(DeviceListener listener);

    /**
     * Sends an Ethernet frame: the bytes of the packet from its start, for its length, without the frame check sequence. Frames below 60 bytes
     * are padded by the device if its medium wants that.
     * <p>
     * When this returns true, the packet belongs to the device, which calls {@link Packet#release} once when the frame has left; that may
     * be long after, or within this call. When it returns false, nothing can be taken at this moment (the ring is full): the packet stays
     * the caller's, and {@link DeviceListener#transmitReady} is called when it is worth trying again. While the link is down, packets are taken and dropped.
     * <p>
     * If {@link Packet#needsChecksum} and the device has {@link DeviceFeatures#TRANSMIT_CHECKSUM}, the device completes the checksum. If
     * {@link Packet#gsoSize} is not 0 (only with {@link DeviceFeatures#TSO_V4} or {@link DeviceFeatures#TSO_V6}), it cuts the TCP payload into
     * segments of that size.
     */
    boolean transmit(Packet packet);

    /**
     * Tells the card of the packets taken since the last call, if {@link #transmit} put that off to ring the card's bell once for many. The
     * stack calls this after a batch, at the latest when it releases its lock.
     */
    default void flush() {
    }
}
