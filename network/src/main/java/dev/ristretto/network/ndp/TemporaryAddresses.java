package dev.ristretto.network.ndp;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import dev.ristretto.network.link.LocalAddress.Origin;
import dev.ristretto.network.stack.StackContext;
import java.util.function.Function;

/**
 * Addresses by which a machine is not known again tomorrow (RFC 8981): beside each address that is made of a router's prefix and the card's
 * address there is one with random bits, from which connections are made (RFC 6724 §5, rule 7), for a day; another is made in time, and the
 * old one stays for another day for connections that are open. Under the stack's lock.
 */
final class TemporaryAddresses {
    private static final long SECOND = 1_000_000_000L;
    private static final long DAY = 86_400 * SECOND;
    /** TEMP_VALID_LIFETIME and TEMP_PREFERRED_LIFETIME (§3.8). */
    static final long VALID = 2 * DAY;
    static final long PREFERRED = DAY;
    /** MAX_DESYNC_FACTOR: so much earlier, by chance, that not all machines change at once. */
    private static final long MOST_DESYNC = PREFERRED * 4 / 10;
    /** TEMP_IDGEN_RETRIES. */
    private static final int TRIES = 3;
    /** REGEN_ADVANCE: two seconds, and the time that all tries take to be probed. */
    static final long ADVANCE = (2 + TRIES) * SECOND;

    private final StackContext context;
    private final Interface on;
    private final Function<IpAddress, LocalAddress> maker;
    private int conflicts;

    /** @param maker adds an address to the interface and begins to probe it; null if there are too many */
    TemporaryAddresses(StackContext context, Interface on, Function<IpAddress, LocalAddress> maker) {
        this.context = context;
        this.on = on;
        this.maker = maker;
    }

    /** A router has said for how long a prefix holds; {@code stable} is the address made of it and the card's. */
    void renewed(LocalAddress stable, long now) {
        for (LocalAddress local : on.addresses()) {
            if (isOf(stable, local)) {
                limit(local, stable);
            }
        }
        replenish(stable, now);
    }

    private static boolean isOf(LocalAddress stable, LocalAddress local) {
        return local.origin == Origin.TEMPORARY && local.address.high() == stable.address.high();
    }

    /** No longer than the prefix, and than it may be at most (§3.4, step 1). */
    private static void limit(LocalAddress temporary, LocalAddress stable) {
        temporary.validUntil = Math.min(stable.validUntil, temporary.validAtMost);
        temporary.preferredUntil = Math.min(stable.preferredUntil, temporary.preferredAtMost);
    }

    /** Makes one if there is none that lasts. */
    private void replenish(LocalAddress stable, long now) {
        if (conflicts >= TRIES || Math.min(stable.preferredUntil, stable.validUntil) - now <= ADVANCE) {
            return;
        }
        for (LocalAddress local : on.addresses()) {
            if (isOf(stable, local) && local.preferredUntil - now > ADVANCE) {
                return;
            }
        }
        LocalAddress made = maker.apply(IpAddress.ofV6(stable.address.high(), identifier(stable.address.high())));
        if (made != null) {
            made.validAtMost = now + VALID;
            made.preferredAtMost = now + PREFERRED - Math.floorMod(context.random().nextLong(), MOST_DESYNC);
            limit(made, stable);
        }
    }

    /** Random bits that are no address of this machine's and not reserved (§3.3.1). */
    private long identifier(long prefix) {
        long bits;
        do {
            bits = context.random().nextLong();
        } while (isReserved(bits) || on.find(prefix, bits) != null);
        return bits;
    }

    /** Identifiers that mean something (RFC 5453): all routers, IANA's own Ethernet addresses, anycast (RFC 2526). */
    static boolean isReserved(long identifier) {
        return identifier == 0 || identifier >>> 24 == 0x0200_5eff_feL || identifier >>> 7 == 0xfdff_ffff_ffff_ff80L >>> 7;
    }

    /** Makes new ones in time; returns when it has to be called again, or {@link Long#MAX_VALUE}. */
    long expire(long now) {
        long next = Long.MAX_VALUE;
        for (LocalAddress stable : on.addresses().toArray(LocalAddress[]::new)) {
            if (stable.origin == Origin.ROUTER) {
                replenish(stable, now);
            }
        }
        for (LocalAddress local : on.addresses()) {
            if (local.origin == Origin.TEMPORARY && local.preferredUntil - ADVANCE > now) {
                next = Math.min(next, local.preferredUntil - ADVANCE);
            }
        }
        return next;
    }

    /** Another machine has the address that was probed, which has been removed: {@link #expire} tries another one, three times (§3.4, step 7). */
    void conflict() {
        if (++conflicts == TRIES) {
            context.notices().notice(on.name() + ": " + TRIES + " temporary addresses were used by another machine; no more are made");
        }
    }

    /** An address was probed and is ours. */
    void unique() {
        conflicts = conflicts < TRIES ? 0 : conflicts;
    }
}
