package dev.ristretto.network.config;

import dev.ristretto.network.IpAddress;

/**
 * An address with the length of its network's prefix.
 *
 * @param prefixLength 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record InterfaceAddress(IpAddress address, int prefixLength) {
    /** Returns the broadcast address of the network, or null for IPv6 and for IPv4 networks without one (RFC 3021). */
    public IpAddress broadcast() {
        return address.isV4() && prefixLength < 31 ? IpAddress.ofV4(address.v4() | -1 >>> prefixLength) : null;
    }

    @Override
    public String toString() {
        return address + "/" + prefixLength;
    }
}
