package dev.ristretto.network.ip;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.link.Interface;

/**
 * A line of the routing table.
 *
 * @param prefixLength in bits of the address's own family
 * @param gateway the next machine on the way, or null if the destination itself is on the link
 * @param metric the lower one wins among routes with prefixes of the same length
 */
public record Route(IpAddress prefix, int prefixLength, IpAddress gateway, Interface out, int metric, Origin origin) {
    /** Where a route comes from. */
    public enum Origin {
        FIXED, LINK, DHCP, ROUTER
    }

    boolean matches(long high, long low) {
        return IpAddress.isV4(high, low) == prefix.isV4()
            && IpAddress.commonBits(high, low, prefix.high(), prefix.low()) >= (prefix.isV4() ? 96 + prefixLength : prefixLength);
    }
}
