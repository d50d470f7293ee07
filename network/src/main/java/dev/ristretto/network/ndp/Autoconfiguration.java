package dev.ristretto.network.ndp;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.Ip;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.ip.Route;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.link.LocalAddress;
import dev.ristretto.network.link.LocalAddress.Origin;
import dev.ristretto.network.multicast.Memberships;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.time.Timer;
import dev.ristretto.network.time.Timers;
import dev.ristretto.network.wire.IcmpHeader;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The IPv6 addresses of one card: made, probed, and ended when their time is up (RFC 4862). Fixed addresses are used while they are probed
 * (RFC 4429), others only after.
 * Under the stack's lock.
 */
public final class Autoconfiguration {
    private static final long SECOND = 1_000_000_000L;
    private static final int SOLICITATIONS = 3;
    private static final long SOLICITATION_INTERVAL = 4 * SECOND;
    private static final int ADDRESSES = 16;
    private static final long TWO_HOURS = 7200 * SECOND;

    private final StackContext context;
    private final Ip ip;
    private final Interface on;
    private final NeighbourDiscovery discovery;
    private final Memberships memberships;
    private final Runnable changed;
    private final Routers routers;
    /** Null if none are wanted. */
    private final TemporaryAddresses temporary;
    private final Timer solicitation = new Timer(this::solicit);
    private final Timer expiry = new Timer(this::expire);
    private int solicitationsLeft;

    /** Makes it; {@code changed} is called when an address came or went. */
    public Autoconfiguration(StackContext context, Ip ip, Interface on, NeighbourDiscovery discovery, Memberships memberships, Runnable changed) {
        this.context = context;
        this.ip = ip;
        this.on = on;
        this.discovery = discovery;
        this.memberships = memberships;
        this.changed = changed;
        routers = new Routers(context, ip.routes(), on);
        temporary = on.configuration().temporaryAddresses() ? new TemporaryAddresses(context, on, this::addTemporary) : null;
    }

    /** Makes the addresses that need no router. */
    public void begin() {
        memberships.joinOwn(on, IpAddress.ofV6(NeighbourDiscovery.ALL_NODES_HIGH, NeighbourDiscovery.ALL_NODES_LOW));
        ip.routes().add(new Route(IpAddress.ofV6(0xfe80L << 48, 0), 10, null, on, on.index(), Route.Origin.LINK));
        add(IpAddress.ofV6(0xfe80L << 48, interfaceId(on.mac()), on.index()), 64, Origin.LINK_LOCAL);
        for (InterfaceAddress fixed : on.configuration().addresses()) {
            if (fixed.address().isV6()) {
                add(fixed.address(), fixed.prefixLength(), Origin.FIXED);
                if (fixed.prefixLength() < 128) {
                    ip.routes().add(new Route(prefix(fixed.address(), fixed.prefixLength()), fixed.prefixLength(), null, on, 0, Route.Origin.LINK));
                }
            }
        }
    }

    private static IpAddress prefix(IpAddress address, int length) {
        long high = length >= 64 ? address.high() : length == 0 ? 0 : address.high() & -1L << 64 - length;
        long low = length <= 64 ? 0 : address.low() & -1L << 128 - length;
        return IpAddress.ofV6(high, low);
    }

    /** Returns the last 64 bits of addresses, from the Ethernet address (RFC 4291 appendix A). */
    static long interfaceId(long mac) {
        return (mac >>> 24 << 40 | 0xfffe00_0000L | mac & 0xffffff) ^ 0x0200_0000_0000_0000L;
    }

    private LocalAddress add(IpAddress address, int prefixLength, Origin origin) {
        LocalAddress local = new LocalAddress(address, prefixLength, origin);
        local.tentative = origin != Origin.FIXED;
        local.timer = new Timer(now -> probed(local));
        on.addAddress(local);
        memberships.joinOwn(on, NeighbourDiscovery.solicitedNode(address.low()));
        local.probesLeft = 1;
        if (on.isUp()) {
            probe(local);
        }
        return local;
    }

    private LocalAddress addTemporary(IpAddress address) {
        return on.addresses().size() < ADDRESSES ? add(address, 64, Origin.TEMPORARY) : null;
    }

    private void probe(LocalAddress local) {
        local.probesLeft = 1;
        discovery.probe(on, local.address);
        context.timers().set(local.timer, context.clock().nanos() + SECOND);
    }

    /** Nobody has answered for a second: the address is ours. */
    private void probed(LocalAddress local) {
        local.probesLeft = 0;
        boolean was = local.tentative;
        local.tentative = false;
        if (was) {
            if (local.origin == Origin.TEMPORARY) {
                temporary.unique();
            }
            changed.run();
        }
        if (local.origin == Origin.LINK_LOCAL) {
            // Reports so far came from no address, which routers need not believe (RFC 3810 §5.2.13).
            memberships.reportAll(on);
            if (on.configuration().autoconfiguration()) {
                solicitationsLeft = SOLICITATIONS;
                solicit(context.clock().nanos());
            }
        }
    }

    /** Another machine has an address, or wants it at the same time. */
    public void conflict(LocalAddress address) {
        if (address.probesLeft > 0 && address.origin == Origin.TEMPORARY) {
            remove(address);
            temporary.conflict();
            expire(context.clock().nanos());
            changed.run();
        } else if (address.probesLeft > 0) {
            context.notices().notice(on.name() + ": " + address.address + " is used by another machine; it is given up here");
            remove(address);
            changed.run();
        }
    }

    private void remove(LocalAddress address) {
        on.removeAddress(address);
        memberships.leave(on, NeighbourDiscovery.solicitedNode(address.address.low()));
    }

    /** The link is there: addresses are probed (again), routers asked. */
    public void linkUp() {
        for (LocalAddress local : List.copyOf(on.addresses())) {
            if (local.address.isV6() && !local.timer.isSet()) {
                probe(local);
            }
        }
    }

    public void linkDown() {
        context.timers().cancel(solicitation);
    }

    private void solicit(long now) {
        if (solicitationsLeft <= 0 || !on.isUp()) {
            return;
        }
        solicitationsLeft--;
        IpAddress source = on.linkLocal();
        if (source == null) {
            return;
        }
        Packet packet = ip.allocate(16);
        if (packet != null) {
            ByteBuffer b = packet.buffer();
            int at = packet.append(16);
            IcmpHeader.write(b, at, IcmpHeader.ROUTER_SOLICITATION, 0, 0);
            NdpOptions.putMac(b, at + 8, NdpOptions.SOURCE_MAC, on.mac());
            context.statistics().count(Counter.ICMP_OUT);
            ip.outputOn(on, source.high(), source.low(), NeighbourDiscovery.ALL_NODES_HIGH, 2, packet, IpProtocol.ICMP_V6, IcmpHeader.CHECKSUM, 255);
        }
        if (solicitationsLeft > 0) {
            context.timers().set(solicitation, now + SOLICITATION_INTERVAL);
        }
    }

    /** A router advertisement that came in by this card; at least 8 bytes are there. Not consumed. */
    public void advertisement(Packet packet, IpInput from) {
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        int end = packet.end();
        if (packet.length() < 16 || from.hopLimit != 255 || IcmpHeader.code(b, at) != 0 || from.sourceHigh >>> 54 != 0x3fa
                || !NdpOptions.areValid(b, at + 16, end)) {
            context.statistics().count(Counter.DROP_NDP_MALFORMED);
            return;
        }
        if (!on.configuration().autoconfiguration()) {
            return;
        }
        solicitationsLeft = 0;
        context.timers().cancel(solicitation);
        long now = context.clock().nanos();
        routers.advertisement(packet, from, now);
        for (int option = at + 16; option < end; option += NdpOptions.length(b, option)) {
            if ((b.get(option) & 0xff) == NdpOptions.PREFIX && NdpOptions.length(b, option) == NdpOptions.PREFIX_LENGTH) {
                prefix(b, option, now);
            }
        }
        changed.run();
        expire(now);
    }

    /** RFC 4861 §6.3.4 and RFC 4862 §5.5.3. */
    private void prefix(ByteBuffer b, int option, long now) {
        int length = b.get(option + 2) & 0xff;
        int flags = b.get(option + 3) & 0xff;
        long valid = b.getInt(option + 4) & 0xffffffffL;
        long preferred = b.getInt(option + 8) & 0xffffffffL;
        IpAddress prefix = IpAddress.ofV6(b.getLong(option + 16), b.getLong(option + 24));
        if (length > 128 || preferred > valid || prefix.isLinkLocal() || prefix.isMulticast() || prefix.isV4() || prefix.high() >>> 61 == 0) {
            return;
        }
        if ((flags & NdpOptions.ON_LINK) != 0 && length > 0) {
            routers.onLink(prefix(prefix, length), length, deadline(now, valid));
        }
        if ((flags & NdpOptions.AUTONOMOUS) == 0 || length != 64) {
            return;
        }
        IpAddress address = IpAddress.ofV6(prefix.high(), interfaceId(on.mac()));
        LocalAddress local = on.find(address.high(), address.low());
        if (local == null) {
            if (valid == 0 || on.addresses().size() >= ADDRESSES) {
                return;
            }
            local = add(address, 64, Origin.ROUTER);
            local.validUntil = deadline(now, valid);
        } else if (local.origin == Origin.ROUTER) {
            // Nobody makes our address go at once with a forged advertisement (§5.5.3 e).
            long until = deadline(now, valid);
            long left = local.validUntil - now;
            if (valid * SECOND > TWO_HOURS || until > local.validUntil) {
                local.validUntil = until;
            } else if (left > TWO_HOURS) {
                local.validUntil = now + TWO_HOURS;
            }
        } else {
            return;
        }
        local.preferredUntil = deadline(now, preferred);
        if (temporary != null) {
            temporary.renewed(local, now);
        }
    }

    private static long deadline(long now, long seconds) {
        return seconds == 0xffffffffL ? Long.MAX_VALUE : now + seconds * SECOND;
    }

    /** Ends what has had its time, and sets the timer for the next. */
    private void expire(long now) {
        long next = routers.expire(now);
        if (temporary != null) {
            next = Math.min(next, temporary.expire(now));
        }
        boolean gone = false;
        for (LocalAddress local : List.copyOf(on.addresses())) {
            if (local.origin != Origin.ROUTER && local.origin != Origin.TEMPORARY) {
                continue;
            }
            if (local.validUntil <= now) {
                remove(local);
                gone = true;
            } else {
                local.deprecated = local.preferredUntil <= now;
                next = Math.min(next, local.deprecated ? local.validUntil : Math.min(local.preferredUntil, local.validUntil));
            }
        }
        if (gone) {
            changed.run();
        }
        context.timers().set(expiry, next == Long.MAX_VALUE ? Timers.NEVER : next);
    }

    /** A router said that it is none any more. */
    public void routerLost(long high, long low) {
        routers.lost(high, low);
    }

    /** Returns whether no address that somebody waits for is still missing. */
    public boolean isSettled() {
        return on.configuration().ipv4() || on.addresses().stream().anyMatch(a -> a.address.isV6() && !a.tentative && !a.address.isLinkLocal());
    }

    /** Returns the name servers that routers named. */
    public List<IpAddress> nameServers() {
        return routers.nameServers(context.clock().nanos());
    }

    /** Returns the domains that routers named. */
    public List<String> searchDomains() {
        return routers.searchDomains(context.clock().nanos());
    }

    /** Ends for good: the card is gone. */
    public void end() {
        context.timers().cancel(solicitation);
        context.timers().cancel(expiry);
    }
}
