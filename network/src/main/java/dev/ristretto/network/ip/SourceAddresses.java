package dev.ristretto.network.ip;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import java.util.List;

/** Which of this machine's addresses packets are sent from: RFC 6724 §5 for IPv6, RFC 1122 §3.3.4.3 for IPv4. */
final class SourceAddresses {
    private SourceAddresses() {
    }

    /** Returns the best address of an interface to reach {@code next} (the neighbour) on the way to a destination; null if there is none. */
    static LocalAddress choose(Interface out, long high, long low, long nextHigh, long nextLow) {
        boolean v4 = IpAddress.isV4(high, low);
        LocalAddress best = null;
        int bestScore = -1;
        List<LocalAddress> addresses = out.addresses();
        for (int i = 0; i < addresses.size(); i++) {
            LocalAddress local = addresses.get(i);
            if (local.address.isV4() != v4 || local.tentative) {
                continue;
            }
            int score = v4 ? scoreV4(local, nextHigh, nextLow) : scoreV6(local, high, low);
            if (score > bestScore) {
                best = local;
                bestScore = score;
            }
        }
        return best;
    }

    private static int scoreV4(LocalAddress local, long nextHigh, long nextLow) {
        return (local.isOnLink(nextHigh, nextLow) ? 64 : 0) + (local.address.isLinkLocal() ? 0 : 32);
    }

    private static int scoreV6(LocalAddress local, long high, long low) {
        int wanted = scope(high, low);
        int scope = scope(local.address.high(), local.address.low());
        // Rule 2: the smallest scope that is large enough; rule 3: not deprecated; rule 7: temporary; rule 8: the longest prefix in common.
        int score = scope >= wanted ? 0x4000 - scope * 512 : scope * 512;
        return score + (scope >= wanted ? 0x4000 : 0) + (local.deprecated ? 0 : 256) + (local.origin == LocalAddress.Origin.TEMPORARY ? 128 : 0)
            + Math.min(127, IpAddress.commonBits(high, low, local.address.high(), local.address.low()));
    }

    /** RFC 6724 §3.1: 2 for link-local, 14 for global, what a multicast address says. */
    private static int scope(long high, long low) {
        if (high >>> 56 == 0xff) {
            return (int) (high >>> 48) & 0xf;
        }
        return high >>> 54 == 0x3fa || high == 0 && low == 1 ? 2 : 14;
    }
}
