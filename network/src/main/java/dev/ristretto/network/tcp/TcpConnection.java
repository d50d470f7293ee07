package dev.ristretto.network.tcp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpPath;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.stack.Counter;

/**
 * One connection: the transmission control block of RFC 9293 §3.3.1, and how it begins, closes and ends. What a segment does to it is in
 * {@link Arrival}, what it sends in {@link Transmitter}, what happens by time in {@link Expiry}.
 */
final class TcpConnection extends Endpoint {
    /** Bytes of a header with nothing but timestamps. */
    private static final int TIMESTAMPED = Segment.LEAST_HEADER + Segment.TIMESTAMP_OPTION;
    private static final int LEAST_SEGMENT = 48;
    /** Used when the peer does not say (RFC 9293 §3.7.1). */
    static final int DEFAULT_SEGMENT = 536;
    /** Free bytes of a send buffer for which a program is woken in any case. */
    private static final int WORTH_WAKING = 128 * 1024;
    /** For how long one that nobody holds may make no progress while its peer's window is closed, or has nothing to send again. */
    static final long ORPHAN_LIFE = 60 * RttEstimator.SECOND;

    final Tcp tcp;
    final TcpOptions options;
    final SendSide send;
    final ReceiveSide receive;
    final ConnectionTimers timers;
    IpPath path;
    TcpState state = TcpState.CLOSED;
    /** Null when the program has given it up; it goes on by itself then. */
    StreamSocket socket;
    /** The reason of its end, to be told to the program once. */
    Errno error;
    /** What ICMP said last: the reason to give if it times out (RFC 1122 §4.2.3.9). */
    Errno softError;
    long began;
    /** When the peer was last heard of. */
    long lastHeard;
    int keepAliveProbes;
    /** In the list of those for which IP had no packet. */
    TcpConnection nextBlocked;
    boolean inBlockedList;
    /** The program waits to write for lack of memory, and has not been told of any since. */
    boolean isStarving;
    /** Among those that {@link Tcp#feedStarved} looks at. */
    boolean inStarvedList;
    private boolean wasEstablished;

    TcpConnection(Tcp tcp, IpPath path, int localPort, int remotePort, TcpOptions options) {
        super(path.local().high(), path.local().low(), path.remote().high(), path.remote().low(), localPort, remotePort);
        this.tcp = tcp;
        this.path = path;
        this.options = options;
        TcpLimits limits = tcp.limits;
        send = new SendSide(tcp.blocks, options.sendBuffer != 0 ? options.sendBuffer : limits.initialBuffer());
        receive = new ReceiveSide(tcp.blocks, options.receiveBuffer != 0 ? options.receiveBuffer : limits.initialBuffer());
        timers = new ConnectionTimers(this, tcp.context.timers());
    }

    @Override
    void arrived(Segment segment, Packet packet, IpInput from, long now) {
        tcp.arrival.process(this, segment, packet, from, now);
    }

    /** Bytes of payload that the largest segment offered by us may have. */
    int offeredSegmentSize() {
        return path.mtu() - path.headerLength() - Segment.LEAST_HEADER;
    }

    /** The shift that lets the largest buffer be offered in 16 bits. */
    static int windowShift(int mostBuffer) {
        int shift = 0;
        while (shift < Segment.MOST_WINDOW_SHIFT && mostBuffer >> shift > 0xffff) {
            shift++;
        }
        return shift;
    }

    /** Adopts what the peer's SYN said. */
    void takeOptions(int maximumSegmentSize, int windowShift, boolean sack, boolean timestamps, int ownWindowShift) {
        send.peerSegmentSize = maximumSegmentSize == 0 ? DEFAULT_SEGMENT : maximumSegmentSize;
        send.windowShift = Math.max(windowShift, 0);
        receive.windowShift = windowShift >= 0 ? ownWindowShift : 0;
        send.usesWindowScaling = windowShift >= 0;
        send.usesSack = sack;
        send.usesTimestamps = timestamps;
    }

    /** Both ends know each other: data may flow. {@code send.next} and {@code receive.next} are set. */
    void establish(long now, long handshakeTook) {
        state = TcpState.ESTABLISHED;
        wasEstablished = true;
        lastHeard = now;
        send.unacknowledged = send.next;
        send.timeouts = 0;
        send.mtu = path.mtu();
        send.segmentSize = segmentSize();
        CongestionControl control = tcp.settings.algorithm().create(send.segmentSize);
        send.recovery.begin(control, send.segmentSize, send.usesSack);
        if (handshakeTook > 0) {
            send.recovery.roundTrip.sample(handshakeTook, now);
        }
        timers.cancel(ConnectionTimers.RETRANSMIT);
        if (options.keepAlive) {
            timers.set(ConnectionTimers.KEEP_ALIVE, now + options.keepIdle * RttEstimator.SECOND);
        }
    }

    private int segmentSize() {
        int fromPath = path.mtu() - path.headerLength() - Segment.LEAST_HEADER;
        int size = Math.min(fromPath, send.peerSegmentSize);
        return Math.max(send.usesTimestamps ? size - Segment.TIMESTAMP_OPTION : size, LEAST_SEGMENT);
    }

    boolean wasEstablished() {
        return wasEstablished;
    }

    /** An option was set while the connection is there. */
    void optionChanged(SocketOption option, long now) {
        switch (option) {
            case KEEP_ALIVE, KEEP_IDLE -> {
                if (options.keepAlive && state.isSynchronized()) {
                    timers.set(ConnectionTimers.KEEP_ALIVE, Math.max(lastHeard + options.keepIdle * RttEstimator.SECOND, now));
                }
            }
            case NO_DELAY -> tcp.transmitter.run(this, now);
            case SEND_BUFFER -> send.buffer.limit(options.sendBuffer);
            case RECEIVE_BUFFER -> receive.buffer.limit(options.receiveBuffer);
            default -> { }
        }
    }

    /** Lets the send buffer hold two congestion windows, so that the program is never what holds the sender back. */
    void growSendBuffer() {
        if (options.sendBuffer == 0) {
            int wanted = (int) Math.min(2L * send.recovery.control().window(), tcp.limits.mostBuffer());
            if (wanted > send.buffer.limit() && !tcp.blocks.isUnderPressure()) {
                send.buffer.limit(wanted);
            }
        }
    }

    /** ICMP said that a segment did not fit (RFC 1191, RFC 8201): what is in flight is cut anew and sent again. */
    void pathMayBeNarrower(long now) {
        int before = send.segmentSize;
        refreshPath();
        if (state.isSynchronized() && send.segmentSize < before) {
            SentSegments sent = send.recovery.sent;
            for (int i = 0; i < sent.count(); i++) {
                sent.markLost(i);
            }
            tcp.transmitter.run(this, now);
        }
    }

    /** Looks whether the way to the peer has changed. */
    void refreshPath() {
        if (!path.isValid()) {
            try {
                path = tcp.ip.path(path.local(), path.remote(), 0);
            } catch (NetworkException e) {
                softError = e.errno(); // There may be a way again before the connection times out.
                return;
            }
        }
        int mtu = path.mtu();
        if (mtu != send.mtu && state.isSynchronized()) {
            send.mtu = mtu;
            int size = segmentSize();
            if (size != send.segmentSize) {
                send.segmentSize = size;
                send.recovery.segmentSize(size);
            }
        }
    }

    /** Largest payload of a packet that a card cuts into segments. */
    int largestPayload() {
        if (!path.segmentationOffload()) {
            return send.segmentSize;
        }
        int most = 0xffff - path.headerLength() - TIMESTAMPED;
        return most / send.segmentSize * send.segmentSize;
    }

    void notifySocket() {
        if (socket != null) {
            socket.changed();
        }
    }

    /** What of {@link Readiness} holds for the connection. */
    int readiness() {
        int bits = 0;
        boolean peerClosed = receive.finReceived || receive.isShut || state == TcpState.CLOSED;
        if (receive.buffer.available() > 0 || peerClosed) {
            bits |= Readiness.READABLE;
        }
        if (peerClosed) {
            bits |= Readiness.PEER_CLOSED;
        }
        boolean sendClosed = send.finQueued || state == TcpState.CLOSED;
        if (sendClosed || state.maySend() && isWritable()) {
            bits |= Readiness.WRITABLE;
        }
        if (peerClosed && sendClosed) {
            bits |= Readiness.HANGUP;
        }
        if (error != null) {
            bits |= Readiness.ERROR;
        }
        return bits;
    }

    /**
     * A third of the buffer is free, so that a program does not wake for every few bytes, or so much that waking is worth it: two thirds of a large
     * buffer are too little to keep a long fat path full. And there is memory. If memory alone is missing, the socket will be told when there is some:
     * whoever waits has looked here first, and nothing else would tell it.
     */
    boolean isWritable() {
        if (send.buffer.room() < Math.min(send.buffer.limit() / 3, WORTH_WAKING)) {
            return false;
        }
        boolean hasMemory = tcp.blocks.hasForSending(send.buffer.blocks());
        if (!hasMemory) {
            tcp.starves(this);
        }
        return hasMemory;
    }

    /** No more is written: a FIN follows what is buffered (RFC 9293 §3.10.4). */
    void closeSending(long now) {
        if (send.finQueued) {
            return;
        }
        send.finQueued = true;
        if (state == TcpState.ESTABLISHED) {
            state = TcpState.FIN_WAIT_1;
        } else if (state == TcpState.CLOSE_WAIT) {
            state = TcpState.LAST_ACK;
        } else {
            return; // SYN-RECEIVED of a simultaneous open: the FIN goes out once it is established.
        }
        tcp.transmitter.run(this, now);
    }

    /** The program has gone. */
    void orphan(long now) {
        socket = null;
        if (state == TcpState.CLOSED || state == TcpState.TIME_WAIT) {
            release();
            return;
        }
        if (state == TcpState.SYN_SENT) {
            end(null);
            return;
        }
        if (receive.buffer.available() > 0 || options.linger == 0) {
            abort(now);
            return;
        }
        receive.buffer.release();
        receive.isShut = true;
        closeSending(now);
        if (state != TcpState.CLOSED) {
            timers.set(ConnectionTimers.LIFE, now + (options.linger > 0 ? options.linger * RttEstimator.SECOND : ORPHAN_LIFE));
        }
    }

    /** Ends it with a reset to the peer (RFC 9293 §3.10.5). */
    void abort(long now) {
        if (state.isSynchronized() || state == TcpState.SYN_RECEIVED) {
            tcp.transmitter.reset(this, now);
        }
        end(null);
    }

    /** It is over. What has been received can still be read, unless nobody will. @param reason to be told to the program, or null */
    void end(Errno reason) {
        if (state == TcpState.CLOSED) {
            return;
        }
        if (reason != null) {
            error = reason;
        }
        state = TcpState.CLOSED;
        leaveTable();
        if (socket == null) {
            release();
        } else {
            notifySocket();
        }
    }

    /** The peer reset it. */
    void wasReset() {
        tcp.context.statistics().count(Counter.TCP_CONNECTIONS_RESET);
        end(state == TcpState.SYN_SENT ? Errno.ECONNREFUSED : state == TcpState.CLOSE_WAIT ? Errno.EPIPE : Errno.ECONNRESET);
    }

    /** Both sides have closed in order, and we were first: a {@link TimeWait} keeps the place (RFC 9293 §3.6.1). */
    void enterTimeWait(long now) {
        state = TcpState.TIME_WAIT;
        leaveTable();
        tcp.timeWaits.add(new TimeWait(tcp, this, now));
        if (socket == null) {
            release();
        }
    }

    private void leaveTable() {
        timers.cancelAll();
        tcp.forget(this);
        send.buffer.release();
        send.recovery.release();
        send.unacknowledged = send.next;
    }

    /** Nobody reads any more. */
    void release() {
        receive.buffer.release();
    }
}
