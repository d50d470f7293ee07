package dev.ristretto.network.link;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.time.Timer;

/** An address of an interface. Under the stack's lock. */
public final class LocalAddress {
    /** Where an address comes from. */
    public enum Origin {
        FIXED, LINK_LOCAL, DHCP,
        /** Of a router's prefix and the card's own address. */
        ROUTER,
        /** Of a router's prefix and random bits, for a while (RFC 8981). */
        TEMPORARY
    }

    public final IpAddress address;
    public final int prefixLength;
    public final Origin origin;
    /** Being probed: nothing is sent from it or taken to it but what the probe needs (RFC 4862 §5.4, RFC 5227 §2.1). */
    public boolean tentative;
    /** Not for new connections (RFC 4862 §5.5.4). */
    public boolean deprecated;
    /** Its probe, and later the end of its life. */
    public Timer timer;
    public int probesLeft;
    public long preferredUntil = Long.MAX_VALUE;
    public long validUntil = Long.MAX_VALUE;
    /** For a temporary one: what these two may be at most, whatever routers say. */
    public long preferredAtMost = Long.MAX_VALUE;
    public long validAtMost = Long.MAX_VALUE;

    public LocalAddress(IpAddress address, int prefixLength, Origin origin) {
        this.address = address;
        this.prefixLength = prefixLength;
        this.origin = origin;
    }

    boolean is(long high, long low) {
        return address.low() == low && address.high() == high;
    }

    /** Returns whether another address is in the same network. */
    public boolean isOnLink(long high, long low) {
        return IpAddress.isV4(high, low) == address.isV4()
            && IpAddress.commonBits(high, low, address.high(), address.low()) >= (address.isV4() ? 96 + prefixLength : prefixLength);
    }

    InterfaceAddress info() {
        return new InterfaceAddress(address, prefixLength);
    }
}
