package dev.ristretto.network.tcp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpError;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpLayer;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.ip.Transport;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * TCP of one stack: finds the connection for each segment, and holds what the connections share. Everything under the stack's lock, but
 * {@link #open}, which takes it.
 */
public final class Tcp implements Transport {
    final StackContext context;
    final IpLayer ip;
    final TcpLimits limits;
    final BlockPool blocks;
    final TcpSettings settings;
    final ConnectionTable table;
    final PortTable ports = new PortTable();
    final TimeWaits timeWaits;
    final InitialSequence initialSequence;
    final SynCookies cookies;
    final ChallengeLimit challenges;
    final Replies replies = new Replies(this);
    final SynAcks synAcks = new SynAcks(this);
    final Transmitter transmitter = new Transmitter(this);
    final Handshake handshake = new Handshake(this);
    final Arrival arrival = new Arrival(this);
    final Expiry expiry = new Expiry(this);
    /** The shift of the windows that we offer. */
    final int ownWindowShift;
    /** Sockets that programs hold, those waiting to be accepted included. */
    int sockets;
    int halfOpen;
    /** Where the segment that is being looked at came from. */
    IpInput arrivedFrom;
    private final Segment segment = new Segment();
    private TcpConnection firstBlocked;
    private final ArrayDeque<TcpConnection> starved = new ArrayDeque<>();

    public Tcp(StackContext context, IpLayer ip, TcpSettings settings) {
        this.context = context;
        this.ip = ip;
        this.settings = settings;
        limits = TcpLimits.of(context.budget());
        blocks = new BlockPool(limits.blocks(), settings.memory());
        var random = context.random();
        table = new ConnectionTable(random.nextLong());
        timeWaits = new TimeWaits(this, context.timers());
        SipHash hash = new SipHash(random.nextLong(), random.nextLong());
        initialSequence = new InitialSequence(hash);
        cookies = new SynCookies(hash);
        challenges = new ChallengeLimit(random);
        ownWindowShift = TcpConnection.windowShift(limits.mostBuffer());
    }

    /**
     * Returns a new socket, neither bound nor connected.
     *
     * @param ipv6 whether it is of the IPv6 family, which takes IPv4 as well unless V6_ONLY is set
     * @throws NetworkException EMFILE if there are as many sockets as the budget has connections
     */
    public TcpSocket open(boolean ipv6) throws NetworkException {
        context.lock().lock();
        try {
            if (sockets >= limits.connections()) {
                throw Errno.EMFILE.exception();
            }
            return new StreamSocket(this, ipv6, new TcpOptions());
        } finally {
            context.lock().unlock();
        }
    }

    /** Returns how many connections there are in any state but CLOSED, half-open ones and those in TIME-WAIT included. */
    public int connections() {
        return table.count();
    }

    /** Returns how many of them are in TIME-WAIT. */
    public int timeWaits() {
        return timeWaits.count();
    }

    /** Returns how many of them are half-open. */
    public int halfOpen() {
        return halfOpen;
    }

    /** Returns how many sockets have not been closed, those waiting to be accepted included. */
    public int sockets() {
        return sockets;
    }

    /** Returns how many bytes of buffer memory are in use; packets that wait to be read included, with what they take. */
    public long bufferBytesInUse() {
        return blocks.bytesInUse();
    }

    /** Returns how many local ports are in use. */
    public int portsInUse() {
        return ports.count();
    }

    @Override
    public int protocol() {
        return IpProtocol.TCP;
    }

    @Override
    public void input(Packet packet, IpInput from) {
        context.statistics().count(Counter.TCP_SEGMENTS_IN);
        Segment s = segment;
        if (from.toGroup || !s.parse(packet.buffer(), packet.start(), packet.length())) {
            context.statistics().count(Counter.DROP_TCP_MALFORMED);
            packet.release();
            return;
        }
        if (s.has(Segment.SYN)) {
            ignoreUnused(s);
        }
        long now = context.clock().nanos();
        arrivedFrom = from;
        Endpoint endpoint = table.find(from.destinationHigh, from.destinationLow, from.sourceHigh, from.sourceLow,
            s.destinationPort << 16 | s.sourcePort);
        if (endpoint != null) {
            endpoint.arrived(s, packet, from, now);
        } else {
            ListeningSocket listener = listenerFor(from, s);
            if (listener != null) {
                listener.arrived(s, packet, from, now);
            } else {
                context.statistics().count(Counter.DROP_TCP_NO_SOCKET);
                replies.reset(s, from);
            }
        }
        packet.release();
        feedStarved();
    }

    /** What we do not use is as if the peer had not offered it. */
    private void ignoreUnused(Segment s) {
        s.sackPermitted &= settings.sack();
        s.hasTimestamps &= settings.timestamps();
        if (!settings.windowScaling()) {
            s.windowShift = -1;
        }
    }

    ListeningSocket listenerFor(IpInput from, Segment s) {
        long flow = from.sourceLow * 0x9e3779b97f4a7c15L + s.sourcePort * 0xbf58476d1ce4e5b9L;
        return ports.listener(from.destinationHigh, from.destinationLow, s.destinationPort, flow ^ flow >>> 32);
    }

    @Override
    public void error(IpError error, Packet quoted, int at) {
        ByteBuffer buffer = quoted.buffer();
        int localPort = buffer.getShort(at) & 0xffff;
        int remotePort = buffer.getShort(at + 2) & 0xffff;
        int sequence = buffer.getInt(at + 4);
        Endpoint endpoint = table.find(error.localHigh, error.localLow, error.remoteHigh, error.remoteLow, localPort << 16 | remotePort);
        // RFC 5927 §4.1: it must be about something that is in flight.
        if (!(endpoint instanceof TcpConnection c) || Sequence.less(sequence, c.send.unacknowledged) || !Sequence.less(sequence, c.send.next)) {
            return;
        }
        long now = context.clock().nanos();
        if (error.errno == Errno.EMSGSIZE) {
            c.pathMayBeNarrower(now);
        } else if (c.state == TcpState.SYN_SENT) {
            c.end(error.errno); // Of whatever kind: a program would rather try another address (RFC 5461 §4.1).
        } else {
            c.softError = error.errno;
        }
    }

    @Override
    public void outputReady() {
        TcpConnection c = firstBlocked;
        firstBlocked = null;
        long now = context.clock().nanos();
        while (c != null) {
            TcpConnection next = c.nextBlocked;
            c.nextBlocked = null;
            c.inBlockedList = false;
            if (c.send.isBlocked) {
                c.send.isBlocked = false;
                transmitter.run(c, now);
            }
            c = next;
        }
    }

    /** IP could not take a segment: the connection waits for {@link #outputReady}. */
    void block(TcpConnection c) {
        if (!c.send.isBlocked) {
            c.send.isBlocked = true;
            if (!c.inBlockedList) {
                c.inBlockedList = true;
                c.nextBlocked = firstBlocked;
                firstBlocked = c;
            }
        }
    }

    /** It may try again, whatever IP said. */
    void unblock(TcpConnection c) {
        c.send.isBlocked = false;
    }

    /** A program wants to write and there is no memory. */
    void starves(TcpConnection c) {
        c.isStarving = true;
        if (!c.inStarvedList) {
            c.inStarvedList = true;
            starved.add(c);
        }
    }

    /** Blocks may have come back: programs that wait for some are told. */
    void feedStarved() {
        while (!starved.isEmpty() && blocks.hasForSending(0)) {
            TcpConnection fed = starved.poll();
            fed.inStarvedList = false;
            // One that holds more than there is left is looked at again when its peer acknowledges something.
            if (blocks.hasForSending(fed.send.buffer.blocks())) {
                fed.isStarving = false;
                fed.notifySocket();
            }
        }
    }

    /** Makes room for one more connection. @return false if there is none to be had */
    boolean admit() {
        return table.count() < limits.connections() || timeWaits.removeOldest();
    }

    void remember(Endpoint endpoint) {
        table.add(endpoint);
        ports.use(endpoint);
    }

    void forget(Endpoint endpoint) {
        table.remove(endpoint);
        ports.leave(endpoint);
    }

    /** Answers a segment that should not have come with where things stand, within limits (RFC 5961 §7). */
    void challenge(TcpConnection c, long now) {
        if (challenges.mayAnswer(now)) {
            context.statistics().count(Counter.TCP_CHALLENGE_ACKS);
            transmitter.acknowledge(c, now);
        }
    }
}
