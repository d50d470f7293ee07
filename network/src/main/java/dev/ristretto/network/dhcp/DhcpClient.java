package dev.ristretto.network.dhcp;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.Ip;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.time.Timer;
import dev.ristretto.network.wire.DhcpMessage;
import dev.ristretto.network.wire.UdpHeader;
import java.nio.ByteBuffer;

/** The state machine of RFC 2131 §4.4, figure 5, for one card. Asks for ever; says so once. Under the stack's lock. */
public final class DhcpClient {
    private static final long SECOND = 1_000_000_000L;
    private static final long MAPPED = 0xffffL << 32;
    private static final long BROADCAST = MAPPED | 0xffffffffL;
    /** Questions without an answer until people are told; about seven seconds. */
    private static final int PATIENCE = 3;
    private static final int REQUESTS = 4;

    /** Told of what the server gives and takes. */
    public interface Owner {
        /** There is a lease, or new terms for the one there was. */
        void bound(Lease lease);

        /** There is none any more. */
        void lost();
    }

    enum State {
        STOPPED, SELECTING, REQUESTING, REBOOTING, BOUND, RENEWING, REBINDING
    }

    private final StackContext context;
    private final Ip ip;
    private final Interface on;
    private final Owner owner;
    private final Timer timer = new Timer(this::expired);
    private State state = State.STOPPED;
    private Lease offer;
    private Lease lease;
    private int transaction;
    private int attempts;
    private long began;
    private long boundAt;
    private boolean complained;

    public DhcpClient(StackContext context, Ip ip, Interface on, Owner owner) {
        this.context = context;
        this.ip = ip;
        this.on = on;
        this.owner = owner;
    }

    /** Begins, or begins anew because the link came back: the old address is asked for first (RFC 2131 §3.2). */
    public void start() {
        attempts = 0;
        transaction = (int) context.random().nextLong();
        began = context.clock().nanos();
        state = lease == null ? State.SELECTING : State.REBOOTING;
        on.configuring = true;
        expired(began);
    }

    /** Asks no more; an address stays for as long as it was given. */
    public void stop() {
        if (lease == null) {
            state = State.STOPPED;
            context.timers().cancel(timer);
        } else {
            state = State.BOUND;
            context.timers().set(timer, lease.seconds() == -1 ? Long.MAX_VALUE : leaseEnd());
        }
        on.configuring = false;
    }

    /** Ends for good: the card is gone. */
    public void end() {
        state = State.STOPPED;
        lease = null;
        context.timers().cancel(timer);
    }

    /** Another machine has the address: the server is told, and after ten seconds asked for another one (RFC 2131 §3.1 step 5). */
    public void decline() {
        if (lease != null) {
            send(DhcpMessage.DECLINE, lease, false);
            lease = null;
            owner.lost();
            state = State.SELECTING;
            attempts = 0;
            context.timers().set(timer, context.clock().nanos() + 10 * SECOND);
        }
    }

    public boolean isBound() {
        return lease != null;
    }

    private long leaseEnd() {
        return boundAt + lease.seconds() * SECOND;
    }

    private void expired(long now) {
        switch (state) {
            case SELECTING -> {
                if (attempts == PATIENCE && !complained) {
                    complained = true;
                    context.notices().notice(on.name() + ": no DHCP server answers; still asking");
                }
                send(DhcpMessage.DISCOVER, null, false);
                again(now);
            }
            case REQUESTING -> {
                if (attempts >= REQUESTS) {
                    restart(now);
                } else {
                    send(DhcpMessage.REQUEST, offer, false);
                    again(now);
                }
            }
            case REBOOTING -> {
                if (attempts >= 2) {
                    forget();
                    restart(now);
                } else {
                    send(DhcpMessage.REQUEST, lease, false);
                    again(now);
                }
            }
            case BOUND, RENEWING, REBINDING -> renew(now);
            case STOPPED -> {
            }
        }
    }

    /** Between questions 1, 2, 4 ... 64 seconds, give or take some: RFC 2131 §4.1, but sooner at first. */
    private void again(long now) {
        long wait = SECOND << Math.min(attempts, 6);
        attempts++;
        context.timers().set(timer, now + wait - wait / 8 + context.random().nextInt(1 << 20) * (wait / 4) / (1 << 20));
    }

    private void restart(long now) {
        state = State.SELECTING;
        attempts = 0;
        transaction = (int) context.random().nextLong();
        began = now;
        on.configuring = true;
        expired(now);
    }

    private void renew(long now) {
        if (lease.seconds() != -1 && now >= leaseEnd()) {
            context.notices().notice(on.name() + ": the DHCP lease of " + lease.address() + " has ended and no server renews it");
            complained = true;
            forget();
            restart(now);
            return;
        }
        if (!on.isUp() || lease.seconds() == -1) {
            context.timers().set(timer, lease.seconds() == -1 ? Long.MAX_VALUE : leaseEnd());
            return;
        }
        if (state == State.BOUND) {
            transaction = (int) context.random().nextLong();
            began = now;
        }
        boolean rebinding = now >= boundAt + lease.rebindAfter() * SECOND;
        state = rebinding ? State.REBINDING : State.RENEWING;
        send(DhcpMessage.REQUEST, lease, !rebinding);
        // Half of what is left until the next stage, and a minute at least (RFC 2131 §4.4.5).
        long next = rebinding ? leaseEnd() : boundAt + lease.rebindAfter() * SECOND;
        context.timers().set(timer, now + Math.min(next - now, Math.max(60 * SECOND, (next - now) / 2)));
    }

    private void forget() {
        if (lease != null) {
            lease = null;
            owner.lost();
        }
    }

    /** Sends a message about an address: the one offered, asked for again, renewed or declined. */
    private void send(int type, Lease about, boolean toServer) {
        boolean renewing = state == State.RENEWING || state == State.REBINDING;
        Packet packet = ip.allocate(UdpHeader.LENGTH + 400);
        if (packet == null) {
            return;
        }
        ByteBuffer b = packet.buffer();
        int udp = packet.start();
        int at = udp + UdpHeader.LENGTH;
        int seconds = (int) ((context.clock().nanos() - began) / SECOND);
        DhcpMessage.write(b, at, DhcpMessage.BOOT_REQUEST, transaction, seconds, !renewing, renewing ? about.address().v4() : 0, on.mac());
        int o = DhcpOptions.write(b, at + DhcpMessage.FIXED, type, on.mac(), type == DhcpMessage.DISCOVER);
        if (type == DhcpMessage.DECLINE || type == DhcpMessage.REQUEST && !renewing) {
            o = DhcpOptions.put(b, o, DhcpMessage.OPTION_REQUESTED, about.address().v4());
            if (type == DhcpMessage.DECLINE || state == State.REQUESTING) {
                o = DhcpOptions.put(b, o, DhcpMessage.OPTION_SERVER, about.server().v4());
            }
        }
        b.put(o++, (byte) DhcpMessage.OPTION_END);
        // Some relays want no less than BOOTP's 300 bytes (RFC 1542 §2.1).
        while (o < at + 300) {
            b.put(o++, (byte) 0);
        }
        packet.append(o - udp);
        UdpHeader.write(b, udp, DhcpMessage.CLIENT_PORT, DhcpMessage.SERVER_PORT, packet.length());
        context.statistics().count(Counter.DHCP_OUT);
        if (toServer) {
            ip.answer(on, 0, about.address().low(), 0, about.server().low(), packet, IpProtocol.UDP, UdpHeader.CHECKSUM, 64, 0);
        } else {
            ip.outputOn(on, 0, renewing ? about.address().low() : MAPPED, 0, BROADCAST, packet, IpProtocol.UDP, UdpHeader.CHECKSUM, 64);
        }
    }

    /** A datagram to the client's port that came in by this card; content is the message. Not consumed. */
    public void input(Packet packet, IpInput from) {
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        int end = packet.end();
        context.statistics().count(Counter.DHCP_IN);
        if (packet.length() < DhcpMessage.FIXED || DhcpMessage.operation(b, at) != DhcpMessage.BOOT_REPLY || DhcpMessage.magic(b, at) != DhcpMessage.MAGIC
                || DhcpMessage.transaction(b, at) != transaction || DhcpMessage.hardware(b, at) != on.mac()) {
            context.statistics().count(Counter.DROP_DHCP_MALFORMED);
            return;
        }
        long now = context.clock().nanos();
        switch (DhcpMessage.type(b, at, end)) {
            case DhcpMessage.OFFER -> {
                Lease offered = state == State.SELECTING ? Lease.read(b, at, end) : null;
                if (offered != null && !offered.server().isAny()) {
                    offer = offered;
                    state = State.REQUESTING;
                    attempts = 0;
                    expired(now);
                }
            }
            case DhcpMessage.ACK -> {
                boolean rapid = state == State.SELECTING && DhcpMessage.find(b, at, end, DhcpMessage.OPTION_RAPID_COMMIT) >= 0;
                boolean asked = state != State.SELECTING && state != State.BOUND && state != State.STOPPED;
                Lease given = rapid || asked ? Lease.read(b, at, end) : null;
                if (given != null) {
                    bound(given, now);
                }
            }
            case DhcpMessage.NAK -> {
                if (state != State.SELECTING && state != State.BOUND && state != State.STOPPED) {
                    forget();
                    state = State.SELECTING;
                    attempts = 0;
                    transaction = (int) context.random().nextLong();
                    on.configuring = true;
                    // Not at once: a server that offers and refuses would keep us busy.
                    context.timers().set(timer, now + SECOND);
                }
            }
            default -> {
            }
        }
    }

    private void bound(Lease given, long now) {
        if (lease != null && !lease.address().equals(given.address())) {
            forget();
        }
        lease = given;
        boundAt = now;
        attempts = 0;
        state = State.BOUND;
        on.configuring = false;
        context.timers().set(timer, lease.seconds() == -1 ? Long.MAX_VALUE : now + lease.renewAfter() * SECOND);
        if (complained) {
            complained = false;
            IpAddress server = lease.server();
            context.notices().notice(on.name() + ": " + lease.address() + "/" + lease.prefixLength() + " from the DHCP server " + server);
        }
        owner.bound(given);
    }
}
