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

/**
 * The groups of all interfaces. Source filters are applied by the sockets; the network is told of whole groups only, which brings more than was asked for and never less. The
 * answer to a query of an old version is a report of the new one. Under the stack's lock.
 */
public final class Memberships implements Transport {
    private static final long SECOND = 1_000_000_000L;
    private static final int LIMIT = 256;
    private static final int ROBUSTNESS = 2;

    private final StackContext context;
    private final Ip ip;
    private final Reports reports;

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
                reports.send(on, address, Reports.CHANGE_TO_INCLUDE);
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
        reports.send(on, group.address, group.reportsLeft > 0 ? Reports.CHANGE_TO_EXCLUDE : Reports.IS_EXCLUDE);
        if (group.reportsLeft > 0 && --group.reportsLeft > 0) {
            context.timers().set(group.timer, now + 1 + context.random().nextInt(1_000_000_000));
        }
    }

    @Override
    public int protocol() {
        return IpProtocol.IGMP;
    }

    /** An IGMP message: only queries matter to a host. */
    @Override
    public void input(Packet packet, IpInput from) {
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        if (packet.length() < 8 || Checksum.finish(Checksum.sum(b, at, packet.length())) != 0) {
            context.statistics().count(Counter.DROP_ICMP_MALFORMED);
        } else if (b.get(at) == 0x11) {
            int code = b.get(at + 1) & 0xff;
            long tenths = code < 128 ? code : (code & 0xf | 0x10L) << (code >>> 4 & 7) + 3;
            int group = b.getInt(at + 4);
            query(ip.byIndex(from.interfaceIndex), 0, group == 0 ? 0 : 0xffff_0000_0000L | group & 0xffffffffL, true, Math.max(1, tenths) * SECOND / 10);
        }
        packet.release();
    }

    /** An MLD query (RFC 3810 §5.1); at least 8 bytes are there. Not consumed. */
    public void inputMld(Packet packet, IpInput from) {
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        if (packet.length() < 24 || from.hopLimit != 1 || from.sourceHigh >>> 54 != 0x3fa) {
            context.statistics().count(Counter.DROP_ICMP_MALFORMED);
            return;
        }
        int code = b.getShort(at + 4) & 0xffff;
        long millis = code < 32768 ? code : (code & 0xfff | 0x1000L) << (code >>> 12 & 7) + 3;
        query(ip.byIndex(from.interfaceIndex), b.getLong(at + 8), b.getLong(at + 16), false, Math.max(1, millis) * (SECOND / 1000));
    }

    /** Each group is reported at a time of its own, so that not all hosts answer at once. */
    private void query(Interface on, long high, long low, boolean v4, long within) {
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
