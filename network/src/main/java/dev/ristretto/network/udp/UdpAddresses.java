package dev.ristretto.network.udp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.ip.IpError;
import dev.ristretto.network.ip.IpInput;

/** The two ends of a UDP socket, as far as they are known, and which datagrams they suit. Under the stack's lock. */
final class UdpAddresses {
    private final boolean ipv6;
    private final UdpOptions options;
    IpAddress local;
    /** Whether the socket was bound to this address; else it has it from its path, if it has one. */
    boolean isBound;
    /** Null if it is not connected. */
    IpAddress remote;
    int remotePort;

    UdpAddresses(boolean ipv6, UdpOptions options) {
        this.ipv6 = ipv6;
        this.options = options;
        local = any();
    }

    IpAddress any() {
        return ipv6 ? IpAddress.ANY_V6 : IpAddress.ANY_V4;
    }

    /** The address to send from; null if the route is to say. */
    IpAddress source() {
        return isBound && !local.isMulticast() ? local : null;
    }

    void checkFamily(IpAddress address, Errno errno) throws NetworkException {
        if (address.isV6() ? !ipv6 : ipv6 && options.v6Only) {
            throw errno.exception();
        }
    }

    void disconnect() {
        remote = null;
        remotePort = 0;
        if (!isBound) {
            local = any();
        }
    }

    /** Returns how well a datagram suits: 0 for not at all. */
    int score(IpInput from, int sourcePort) {
        boolean v4 = from.isV4();
        if (v4 ? ipv6 && options.v6Only : !ipv6) {
            return 0;
        }
        int score = 1;
        if (!local.isAny()) {
            if (local.low() != from.destinationLow || local.high() != from.destinationHigh) {
                // A connected socket that was not bound to an address has one by its path only; groups still reach it.
                if (!from.toGroup || isBound) {
                    return 0;
                }
            }
            score += 4;
        } else if (local.isV4() && !v4) {
            return 0;
        }
        if (remote != null) {
            if (remotePort != sourcePort || remote.low() != from.sourceLow || remote.high() != from.sourceHigh) {
                return 0;
            }
            score += 8;
        }
        return v4 == !ipv6 ? score + 1 : score;
    }

    /** Returns whether both could get the same datagram if they had the same port. */
    boolean overlaps(UdpAddresses other) {
        if (local.isAny() || other.local.isAny()) {
            return takesFamilyOf(other) && other.takesFamilyOf(this);
        }
        return local.sameBits(other.local);
    }

    private boolean takesFamilyOf(UdpAddresses other) {
        // One that takes both overlaps with everything.
        boolean v6 = ipv6 && local.isV6();
        boolean otherV6 = other.ipv6 && other.local.isV6();
        return v6 == otherV6 || v6 && !options.v6Only && local.isAny() || otherV6 && !other.options.v6Only && other.local.isAny();
    }

    boolean isConnectedTo(IpError about, int port) {
        return remote != null && remotePort == port && remote.low() == about.remoteLow && remote.high() == about.remoteHigh;
    }
}
