package dev.ristretto.network.multicast;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.Ip;
import dev.ristretto.network.ip.IpError;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.ip.Transport;
import dev.ristretto.network.link.Group;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.time.Timer;
import dev.ristretto.network.wire.Checksum;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The groups of all interfaces. Source filters are applied by the sockets; the network is told of whole groups only, which brings more than
 * was asked for and never less. Where a querier speaks an old version, so does this ({@link Compatibility}). Under the stack's lock.
 */
public final class Memberships implements Transport {
    private static final long SECOND = 1_000_000_000L;
    private static final int LIMIT = 256;
    private static final int ROBUSTNESS = 2;
    /** Between repeated reports, at most (RFC 3376 §8.11, RFC 3810 §9.11; RFC 2236 §8.10, RFC 2710 §7.10). */
    private static final long UNSOLICITED = SECOND;
    private static final long UNSOLICITED_OLD = 10 * SECOND;
    private static final int IGMP_QUERY = 0x11;
    private static final int IGMP_V3_QUERY_LENGTH = 12;
    private static final int MLD_V1_LENGTH = 24;
    private static final int MLD_V2_QUERY_LENGTH = 28;
    /** What IGMPv1 gives for answers without saying so (RFC 2236 §4), in tenths of a second. */
    private static final int IGMP_V1_RESPONSE = 100;

    private final StackContext context;
    private final Ip ip;
    private final Reports reports;
    /** For IPv4 and IPv6. */
    private final Map<Interface, Compatibility[]> compatibilities = new IdentityHashMap<>();

    public Memberships(StackContext context, Ip ip) {
        this.context = context;
        this.ip = ip;
        reports = new Reports(context, ip);
    }

    /** Adds a user of a group. ENOBUFS beyond {@value #LIMIT} groups on one interface. */
    public void join(Interface on, IpAddress address) throws NetworkException {
        Group group = on.group(address.high(), address.low());
        if (group == null) {
            if (on.groups().size() >= LIMIT) {
                throw Errno.ENOBUFS.exception();
            }
            Group added = new Group(address);
            group = added;
            group.timer = new Timer(now -> report(on, added, now));
            on.groups().add(group);
            if (isReported(on, address)) {
                group.reportsLeft = ROBUSTNESS;
                report(on, group, context.clock().nanos());
            }
        }
        group.users++;
    }

    /** As {@link #join} for the groups that the stack itself needs, which cannot be too many. */
    public void joinOwn(Interface on, IpAddress address) {
        try {
            join(on, address);
        } catch (NetworkException e) {
            context.notices().notice(on.name() + ": " + address + " cannot be joined, there are " + LIMIT + " groups already");
        }
    }

    /** Takes a user away; the group goes with the last. */
    public void leave(Interface on, IpAddress address) {
        Group group = on.group(address.high(), address.low());
        if (group != null && --group.users == 0) {
            context.timers().cancel(group.timer);
            on.groups().remove(group);
            if (isReported(on, address)) {
                reports.left(on, address, compatibility(on, address.isV4()).version());
            }
        }
    }

    /** Sends reports anew: the link came up, or an address to send them from. */
    public void reportAll(Interface on) {
        long now = context.clock().nanos();
        for (Group group : on.groups()) {
            if (isReported(on, group.address)) {
                group.reportsLeft = ROBUSTNESS;
                context.timers().set(group.timer, now + context.random().nextInt(100_000_000));
            }
        }
    }

    /** Takes all groups of an interface away, silently. */
    public void clear(Interface on) {
        for (Group group : on.groups()) {
            context.timers().cancel(group.timer);
        }
        on.groups().clear();
        Compatibility[] gone = compatibilities.remove(on);
        if (gone != null) {
            gone[0].end();
            gone[1].end();
        }
    }

    private Compatibility compatibility(Interface on, boolean v4) {
        return compatibilities.computeIfAbsent(on, added -> new Compatibility[] {
            new Compatibility(context, () -> cancelReports(added, true)), new Compatibility(context, () -> cancelReports(added, false))})[v4 ? 0 : 1];
    }

    /** RFC 3376 §7.2.1, RFC 3810 §8.2.1: with another version, nothing that was to be said still is. */
    private void cancelReports(Interface on, boolean v4) {
        for (Group group : on.groups()) {
            if (group.address.isV4() == v4) {
                group.reportsLeft = 0;
                context.timers().cancel(group.timer);
            }
        }
    }

    /** All hosts are members of "all hosts" without saying so (RFC 3376 §6, RFC 3810 §6); the scope of an interface needs no report. */
    private static boolean isReported(Interface on, IpAddress address) {
        if (on.isLoopback()) {
            return false;
        }
        if (address.isV4()) {
            return address.v4() != 0xe0000001;
        }
        int scope = (int) (address.high() >>> 48) & 0xf;
        return scope > 1 && !(address.high() == 0xff02L << 48 && address.low() == 1);
    }

    private void report(Interface on, Group group, long now) {
        QuerierVersion version = compatibility(on, group.address.isV4()).version();
        reports.member(on, group.address, version, group.reportsLeft > 0 ? Reports.CHANGE_TO_EXCLUDE : Reports.IS_EXCLUDE);
        if (group.reportsLeft > 0 && --group.reportsLeft > 0) {
            long within = version == QuerierVersion.THIRD ? UNSOLICITED : UNSOLICITED_OLD;
            context.timers().set(group.timer, now + 1 + Math.floorMod(context.random().nextLong(), within));
        }
    }

    @Override
    public int protocol() {
        return IpProtocol.IGMP;
    }

    /** An IGMP message: queries matter to a host, and where old versions are spoken other hosts' reports. */
    @Override
    public void input(Packet packet, IpInput from) {
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        Interface on = ip.byIndex(from.interfaceIndex);
        if (packet.length() < 8 || on == null || Checksum.finish(Checksum.sum(b, at, packet.length())) != 0) {
            context.statistics().count(Counter.DROP_ICMP_MALFORMED);
        } else {
            switch (b.get(at) & 0xff) {
                case IGMP_QUERY -> igmpQuery(on, b, at, packet.length());
                case Reports.IGMP_V1_REPORT, Reports.IGMP_V2_REPORT -> reported(on, 0, mapped(b.getInt(at + 4)));
                default -> {
                }
            }
        }
        packet.release();
    }

    private static long mapped(int v4) {
        return 0xffff_0000_0000L | v4 & 0xffffffffL;
    }

    /** The version is told by length and code (RFC 3376 §7.1). */
    private void igmpQuery(Interface on, ByteBuffer b, int at, int length) {
        int code = b.get(at + 1) & 0xff;
        if (length > 8 && length < IGMP_V3_QUERY_LENGTH) {
            context.statistics().count(Counter.DROP_ICMP_MALFORMED);
            return;
        }
        QuerierVersion version = length > 8 ? QuerierVersion.THIRD : code == 0 ? QuerierVersion.FIRST : QuerierVersion.SECOND;
        long tenths = switch (version) {
            case FIRST -> IGMP_V1_RESPONSE;
            case SECOND -> code;
            case THIRD -> code < 128 ? Math.max(1, code) : (code & 0xf | 0x10L) << (code >>> 4 & 7) + 3;
        };
        int group = b.getInt(at + 4);
        query(on, version, 0, group == 0 || version == QuerierVersion.FIRST ? 0 : mapped(group), true, tenths * SECOND / 10);
    }

    /** An MLD query (RFC 3810 §5.1); at least 8 bytes are there. Its version is told by its length (§8.1). Not consumed. */
    public void mldQuery(Packet packet, IpInput from) {
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        int length = packet.length();
        if (!isMld(packet, from) || length > MLD_V1_LENGTH && length < MLD_V2_QUERY_LENGTH) {
            context.statistics().count(Counter.DROP_ICMP_MALFORMED);
            return;
        }
        QuerierVersion version = length > MLD_V1_LENGTH ? QuerierVersion.THIRD : QuerierVersion.SECOND;
        int code = b.getShort(at + 4) & 0xffff;
        long millis = version == QuerierVersion.SECOND || code < 32768 ? code : (code & 0xfff | 0x1000L) << (code >>> 12 & 7) + 3;
        query(ip.byIndex(from.interfaceIndex), version, b.getLong(at + 8), b.getLong(at + 16), false, Math.max(1, millis) * (SECOND / 1000));
    }

    /** Another host's report of MLDv1 (RFC 2710 §4); at least 8 bytes are there. Not consumed. */
    public void mldReport(Packet packet, IpInput from) {
        if (!isMld(packet, from)) {
            context.statistics().count(Counter.DROP_ICMP_MALFORMED);
            return;
        }
        reported(ip.byIndex(from.interfaceIndex), packet.buffer().getLong(packet.start() + 8), packet.buffer().getLong(packet.start() + 16));
    }

    private boolean isMld(Packet packet, IpInput from) {
        return packet.length() >= MLD_V1_LENGTH && from.hopLimit == 1 && from.sourceHigh >>> 54 == 0x3fa && ip.byIndex(from.interfaceIndex) != null;
    }

    /** In the old versions one member of a group is enough for the router: who hears another keeps silent (RFC 2236 §3, RFC 2710 §4). */
    private void reported(Interface on, long high, long low) {
        Group group = on.group(high, low);
        if (group != null && compatibility(on, group.address.isV4()).version() != QuerierVersion.THIRD) {
            group.reportsLeft = 0;
            context.timers().cancel(group.timer);
        }
    }

    /** Each group is reported at a time of its own, so that not all hosts answer at once. */
    private void query(Interface on, QuerierVersion version, long high, long low, boolean v4, long within) {
        compatibility(on, v4).heard(version, within);
        long now = context.clock().nanos();
        for (Group group : on.groups()) {
            boolean asked = high == 0 && low == 0 || group.address.high() == high && group.address.low() == low;
            if (asked && group.address.isV4() == v4 && isReported(on, group.address)) {
                long due = now + Math.floorMod(context.random().nextLong(), within);
                if (due < group.timer.due()) {
                    context.timers().set(group.timer, due);
                }
            }
        }
    }

    @Override
    public void error(IpError error, Packet quoted, int at) {
        // Reports go to groups; nobody answers.
    }

    @Override
    public void outputReady() {
    }
}
