package dev.ristretto.network.arp;

import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.time.Timer;

/**
 * Finds out whether an IPv4 address is taken, and announces it when not (RFC 5227). Other than there, an address is used while it is probed: a machine that is up in
 * milliseconds cannot be silent for seven seconds. If a conflict shows, the address goes. Under the stack's lock.
 */
public final class AddressProber implements Arp.Conflicts {
    private static final long SECOND = 1_000_000_000L;
    /** RFC 5227 §1.1. */
    private static final int PROBES = 3;
    private static final int ANNOUNCEMENTS = 2;
    private static final long DEFEND_INTERVAL = 10 * SECOND;

    /** Told that an address had to go. */
    public interface Loser {
        void lost(Interface on, LocalAddress address);
    }

    private final StackContext context;
    private final Arp arp;
    private final Loser loser;
    private long lastDefence = Long.MIN_VALUE / 2;
    private boolean complained;

    public AddressProber(StackContext context, Arp arp, Loser loser) {
        this.context = context;
        this.arp = arp;
        this.loser = loser;
    }

    /** Begins with an address that was just added to its interface. */
    public void begin(Interface on, LocalAddress address) {
        address.probesLeft = PROBES;
        if (address.timer == null) {
            address.timer = new Timer(now -> step(on, address, now));
        }
        step(on, address, context.clock().nanos());
    }

    /** Steps: {@value #PROBES} probes, then {@value #ANNOUNCEMENTS} announcements, counted down to below zero. */
    private void step(Interface on, LocalAddress address, long now) {
        if (address.probesLeft > 0) {
            arp.probe(on, address.address.v4());
            long wait = address.probesLeft > 1 ? SECOND + context.random().nextInt(1_000_000_000) : 2 * SECOND;
            context.timers().set(address.timer, now + wait);
        } else {
            arp.announce(on, address.address.v4());
            if (address.probesLeft > 1 - ANNOUNCEMENTS) {
                context.timers().set(address.timer, now + 2 * SECOND);
            }
        }
        address.probesLeft--;
    }

    @Override
    public void conflict(Interface on, LocalAddress address, long mac) {
        long now = context.clock().nanos();
        if (address.probesLeft > 0) {
            context.notices().notice(on.name() + ": " + address.address + " is used by another machine, " + new MacAddress(mac)
                    + "; it is given up here");
            loser.lost(on, address);
            return;
        }
        if (!complained) {
            complained = true;
            context.notices().notice(on.name() + ": another machine, " + new MacAddress(mac) + ", uses " + address.address
                    + " as well; one of the two needs another address");
        }
        // Defended, but not so often that two machines shout at each other (RFC 5227 §2.4 c).
        if (now - lastDefence > DEFEND_INTERVAL) {
            lastDefence = now;
            arp.announce(on, address.address.v4());
        }
    }
}
