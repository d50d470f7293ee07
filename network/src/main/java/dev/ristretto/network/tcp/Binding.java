package dev.ristretto.network.tcp;

import dev.ristretto.network.IpAddress;

/** A socket's hold on a local port, with the address that it is for. */
final class Binding {
    final LocalPort port;
    final IpAddress address;
    /** Takes IPv4 and IPv6: bound to {@code ::} without V6_ONLY. */
    final boolean isDual;
    final boolean reuseAddress;
    final boolean reusePort;
    /** Set while the socket listens. */
    ListeningSocket listener;

    Binding(LocalPort port, IpAddress address, boolean isDual, boolean reuseAddress, boolean reusePort) {
        this.port = port;
        this.address = address;
        this.isDual = isDual;
        this.reuseAddress = reuseAddress;
        this.reusePort = reusePort;
    }

    /** Whether what is sent to an address may be meant for this one. */
    boolean takes(long high, long low) {
        if (address.isAny()) {
            return isDual || address.isV4() == IpAddress.isV4(high, low);
        }
        return address.high() == high && address.low() == low;
    }

    private boolean overlaps(IpAddress other, boolean otherIsDual) {
        if (address.isAny() && other.isAny()) {
            return isDual || otherIsDual || address.isV4() == other.isV4();
        }
        if (address.isAny()) {
            return isDual || address.isV4() == other.isV4();
        }
        if (other.isAny()) {
            return otherIsDual || address.isV4() == other.isV4();
        }
        return address.high() == other.high() && address.low() == other.low();
    }

    /** Whether both cannot be: as Linux, two may share a port if both say REUSE_PORT, or both REUSE_ADDRESS and neither listens. */
    boolean forbids(IpAddress other, boolean otherIsDual, TcpOptions options) {
        if (!overlaps(other, otherIsDual) || reusePort && options.reusePort) {
            return false;
        }
        return !(reuseAddress && options.reuseAddress && listener == null);
    }
}
