package dev.ristretto.network.device;

/** What a card takes off the stack's hands: bits, to be added. */
public final class DeviceFeatures {
    /** Completes the transport checksum of what is sent (virtio 1.2 §5.1.3, VIRTIO_NET_F_CSUM). */
    public static final int TRANSMIT_CHECKSUM = 1;
    /** May mark received packets with {@link Packet#checksumValid} (VIRTIO_NET_F_GUEST_CSUM). */
    public static final int RECEIVE_CHECKSUM = 2;
    /** Cuts large TCP segments over IPv4 (VIRTIO_NET_F_HOST_TSO4). Only with {@link #TRANSMIT_CHECKSUM}. */
    public static final int TSO_V4 = 4;
    /** Cuts large TCP segments over IPv6 (VIRTIO_NET_F_HOST_TSO6). Only with {@link #TRANSMIT_CHECKSUM}. */
    public static final int TSO_V6 = 8;

    private DeviceFeatures() {
    }
}
