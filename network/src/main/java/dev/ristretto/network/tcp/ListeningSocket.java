package dev.ristretto.network.tcp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpPath;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.SocketBase;
import java.util.ArrayDeque;

/** A socket in LISTEN: takes SYNs, and keeps connections that are complete until the program fetches them. */
final class ListeningSocket extends SocketBase implements TcpListener {
    private static final int MOST_BACKLOG = 4096;
    /** Half-open connections that even a small backlog may have before cookies are used. */
    private static final int LEAST_HALF_OPEN = 16;
    /** For how long after the last cookie one may come back. */
    private static final long COOKIE_LIFE = 128 * RttEstimator.SECOND;
    /** Segment sizes to offer where no path has been looked for. */
    private static final int ETHERNET_V4 = 1460;
    private static final int ETHERNET_V6 = 1440;

    final Tcp tcp;
    final TcpOptions options;
    private final Binding binding;
    private final ArrayDeque<StreamSocket> queue = new ArrayDeque<>();
    private int backlog;
    int halfOpen;
    private long cookiesUntil = -1;

    ListeningSocket(Tcp tcp, Binding binding, TcpOptions options, int backlog) {
        super(tcp.context.lock());
        this.tcp = tcp;
        this.binding = binding;
        this.options = options;
        setBacklog(backlog);
        binding.listener = this;
    }

    private void setBacklog(int number) {
        backlog = Math.clamp(number, 1, MOST_BACKLOG);
    }

    boolean isFull() {
        return queue.size() >= backlog;
    }

    /** The window that answers to SYNs offer, in bytes; it is not scaled. */
    int offeredWindow() {
        return Math.min(options.receiveBuffer != 0 ? options.receiveBuffer : tcp.limits.initialBuffer(), 0xffff);
    }

    /** A segment that belongs to no connection (RFC 9293 §3.10.7.2). */
    void arrived(Segment s, Packet packet, IpInput from, long now) {
        if (s.has(Segment.RST)) {
            return;
        }
        if (s.has(Segment.ACK)) {
            if (s.has(Segment.SYN) || now > cookiesUntil || !cookieArrived(s, packet, from, now)) {
                tcp.replies.reset(s, from);
            }
        } else if (s.has(Segment.SYN) && !s.has(Segment.FIN)) {
            synArrived(s, packet, from, 0, now);
        }
    }

    /** @param least where our numbers have to begin at the least; 0 if anywhere */
    void synArrived(Segment s, Packet packet, IpInput from, int least, long now) {
        if (isFull()) {
            tcp.context.statistics().count(Counter.DROP_TCP_BACKLOG_FULL);
            return;
        }
        boolean ecn = s.has(Segment.ECE) && s.has(Segment.CWR);
        if (tcp.halfOpen >= tcp.limits.halfOpen() || halfOpen >= Math.max(backlog, LEAST_HALF_OPEN)) {
            sendCookie(s, from, ecn, now);
            return;
        }
        if (!tcp.admit()) {
            tcp.context.statistics().count(Counter.DROP_TCP_LIMIT);
            return;
        }
        IpPath path = path(from);
        if (path == null) {
            return;
        }
        int ports = s.destinationPort << 16 | s.sourcePort;
        int initial = tcp.initialSequence.number(from.destinationHigh, from.destinationLow, from.sourceHigh, from.sourceLow, ports, now);
        if (least != 0 && Sequence.less(initial, least)) {
            initial = least;
        }
        new HalfOpen(this, path, s, initial, timestampOffset(from), ecn, now).begin(now);
    }

    private int timestampOffset(IpInput from) {
        return tcp.initialSequence.timestampOffset(from.destinationHigh, from.destinationLow, from.sourceHigh, from.sourceLow);
    }

    private IpPath path(IpInput from) {
        IpAddress local = IpAddress.ofV6(from.destinationHigh, from.destinationLow, from.interfaceIndex);
        IpAddress remote = IpAddress.ofV6(from.sourceHigh, from.sourceLow, from.interfaceIndex);
        try {
            return tcp.ip.path(local, remote, 0);
        } catch (NetworkException e) {
            return null; // There is no way back.
        }
    }

    private void sendCookie(Segment s, IpInput from, boolean ecn, long now) {
        cookiesUntil = now + COOKIE_LIFE;
        int ports = s.destinationPort << 16 | s.sourcePort;
        int size = s.maximumSegmentSize == 0 ? TcpConnection.DEFAULT_SEGMENT : s.maximumSegmentSize;
        int cookie = tcp.cookies.make(from.destinationHigh, from.destinationLow, from.sourceHigh, from.sourceLow, ports, s.sequence, size, now);
        int timestamp = (int) (now / RttEstimator.MILLISECOND) + timestampOffset(from);
        boolean usesTimestamps = s.hasTimestamps;
        if (usesTimestamps) {
            timestamp = SynCookies.hideOptions(timestamp, s.windowShift, s.sackPermitted, ecn);
        } else {
            // Nowhere to remember them.
            s.windowShift = -1;
            s.sackPermitted = false;
        }
        tcp.context.statistics().count(Counter.TCP_COOKIES_SENT);
        tcp.replies.synAck(s, from, cookie, timestamp, offeredWindow(), from.isV4() ? ETHERNET_V4 : ETHERNET_V6, tcp.ownWindowShift,
            ecn && usesTimestamps);
    }

    private boolean cookieArrived(Segment s, Packet packet, IpInput from, long now) {
        int ports = s.destinationPort << 16 | s.sourcePort;
        int cookie = s.acknowledgment - 1;
        int size = tcp.cookies.check(from.destinationHigh, from.destinationLow, from.sourceHigh, from.sourceLow, ports, s.sequence - 1, cookie, now);
        if (size == 0) {
            return false;
        }
        if (isFull() || !tcp.admit()) {
            // Silently: the peer repeats its data, and with it the cookie.
            tcp.context.statistics().count(Counter.DROP_TCP_BACKLOG_FULL);
            return true;
        }
        IpPath path = path(from);
        if (path == null) {
            return true;
        }
        tcp.context.statistics().count(Counter.TCP_COOKIES_ACCEPTED);
        TcpConnection c = established(path, s.destinationPort, s.sourcePort);
        c.send.initial = cookie;
        c.send.timestampOffset = timestampOffset(from);
        int echo = s.timestampEcho - c.send.timestampOffset;
        // The bits were hidden in the sum, so they are read from it as it was sent.
        boolean sack = s.hasTimestamps && SynCookies.sack(s.timestampEcho);
        c.takeOptions(size, s.hasTimestamps ? SynCookies.windowShift(s.timestampEcho) : -1, sack, s.hasTimestamps, tcp.ownWindowShift);
        c.send.usesEcn = s.hasTimestamps && SynCookies.ecn(s.timestampEcho);
        c.receive.initial = s.sequence - 1;
        c.receive.recentTimestamp = s.timestamp;
        long took = s.hasTimestamps ? ((int) (now / RttEstimator.MILLISECOND) - echo) * RttEstimator.MILLISECOND : 0;
        complete(c, s, packet, from, took > 0 && took < COOKIE_LIFE ? took : 0, now);
        return true;
    }

    /** A connection for a handshake that is complete, in the table; its numbers are still to be set. */
    TcpConnection established(IpPath path, int localPort, int remotePort) {
        TcpConnection c = new TcpConnection(tcp, path, localPort, remotePort, options.copy());
        tcp.remember(c);
        return c;
    }

    /** The connection is open from now on; its first segment is looked at. */
    void complete(TcpConnection c, Segment s, Packet packet, IpInput from, long handshakeTook, long now) {
        c.send.next = c.send.initial + 1;
        c.receive.next = c.receive.initial + 1;
        c.receive.edge = c.receive.next + offeredWindow();
        c.receive.lastAcknowledged = c.receive.next;
        c.receive.recentTimestampAt = now;
        c.send.window = s.window << c.send.windowShift;
        c.send.mostWindow = c.send.window;
        c.send.windowSequence = s.sequence;
        c.send.windowAcknowledgment = s.acknowledgment;
        c.establish(now, handshakeTook);
        StreamSocket socket = new StreamSocket(tcp, binding.address.isV6(), c.options);
        socket.adopt(c);
        queue.add(socket);
        tcp.context.statistics().count(Counter.TCP_CONNECTIONS_ACCEPTED);
        changed();
        tcp.arrival.process(c, s, packet, from, now);
    }

    @Override
    public TcpSocket accept() throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void backlog(int number) throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            setBacklog(number);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected int openReadiness() {
        return queue.isEmpty() ? 0 : Readiness.READABLE;
    }

    @Override
    public IpAddress localAddress() {
        return binding.address;
    }

    @Override
    public int localPort() {
        return binding.port.number;
    }

    @Override
    public Errno takeError() {
        return null;
    }

    @Override
    protected int get(SocketOption option) throws NetworkException {
        return options.get(option, tcp.limits);
    }

    @Override
    protected void set(SocketOption option, int value) throws NetworkException {
        options.set(option, value, tcp.limits);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!markClosed()) {
                return;
            }
            binding.listener = null;
            tcp.ports.unbind(binding);
            tcp.sockets--;
            if (halfOpen > 0) {
                tcp.table.forEach(endpoint -> {
                    if (endpoint instanceof HalfOpen half && half.listener == this) {
                        half.remove();
                    }
                });
            }
            for (StreamSocket waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
                waiting.abort();
            }
            changed();
        } finally {
            lock.unlock();
        }
    }
}
