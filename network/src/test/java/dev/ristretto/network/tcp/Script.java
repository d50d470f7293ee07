package dev.ristretto.network.tcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.UsedMemory;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.ip.IpError;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpLayer;
import dev.ristretto.network.ip.IpPath;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.stack.Budget;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.stack.StackLock;
import dev.ristretto.network.stack.Statistics;
import dev.ristretto.network.time.Timers;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/**
 * One TCP whose peer is the test: it sends segments by hand and looks at each that comes back, in the manner of packetdrill. The peer's
 * numbers begin at {@link #PEER_INITIAL}; those of the stack are counted from its SYN, see {@link #relative}.
 */
final class Script implements IpLayer, IpPath {
    static final IpAddress LOCAL = IpAddress.ofV4(0x0a000001);
    static final IpAddress PEER = IpAddress.ofV4(0x0a000002);
    static final int PORT = 80;
    static final int PEER_PORT = 5000;
    static final int PEER_INITIAL = 1000;
    static final long MILLISECOND = RttEstimator.MILLISECOND;
    static final long SECOND = RttEstimator.SECOND;

    /** What came back. */
    record Sent(int flags, int sequence, int acknowledgment, int window, byte[] payload, Segment header) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        int length() {
            return payload.length;
        }
    }

    final PacketPool pool = new PacketPool(UsedMemory::allocate, 256, 2048);
    final PacketPool bigPool = new PacketPool(UsedMemory::allocate, 8, 70_000);
    final ArrayDeque<Sent> sent = new ArrayDeque<>();
    final Statistics statistics = new Statistics();
    final StackContext context;
    final Tcp tcp;
    long now = 1000 * SECOND;
    int mtu = 1500;
    boolean offload;
    boolean hasPackets = true;
    /** What the peer's segments are made of; set before {@link #send}. */
    final Segment peer = new Segment();
    IpAddress peerAddress = PEER;
    int peerPort = PEER_PORT;
    int stackPort = PORT;
    /** The stack's initial sequence number, once it was seen. */
    int initial;
    int trafficClass;
    int lastTrafficClass;
    int suspected;

    Script() {
        this(Budget.forMemory(16 << 20), new TcpSettings(CongestionControl.Algorithm.NEW_RENO, true, true, true, ByteBuffer::allocate));
    }

    Script(Budget budget, TcpSettings settings) {
        SplittableRandom random = new SplittableRandom(7);
        context = new StackContext(new StackLock(), () -> now, random::nextLong, new Timers(), statistics, budget, line -> { });
        tcp = new Tcp(context, this, settings);
        peer.windowShift = -1;
    }

    /** Time passes, and what is due happens. */
    void pass(long nanos) {
        long end = now + nanos;
        while (context.timers().next() <= end) {
            now = Math.max(now, context.timers().next());
            context.lock().lock();
            context.timers().advance(now);
            context.lock().unlock();
        }
        now = end;
    }

    /** A segment from the peer; {@code sequence} counts from its SYN, {@code acknowledgment} from the stack's. */
    void send(int flags, int sequence, int acknowledgment, int window, byte... payload) {
        peer.sourcePort = peerPort;
        peer.destinationPort = stackPort;
        peer.flags = flags;
        peer.sequence = PEER_INITIAL + sequence;
        peer.acknowledgment = (flags & Segment.ACK) != 0 ? initial + acknowledgment : 0;
        peer.window = window;
        Packet packet = pool.acquire(128);
        int at = packet.append(peer.headerLength() + payload.length);
        peer.write(packet.buffer(), at);
        packet.buffer().put(at + peer.headerLength(), payload);
        arrive(packet);
        peer.sackBlocks = 0;
    }

    void arrive(Packet packet) {
        IpInput from = new IpInput();
        from.sourceHigh = peerAddress.high();
        from.sourceLow = peerAddress.low();
        from.destinationHigh = LOCAL.high();
        from.destinationLow = LOCAL.low();
        from.trafficClass = trafficClass;
        context.lock().lock();
        try {
            tcp.input(packet, from);
        } finally {
            context.lock().unlock();
        }
    }

    /** ICMP: what was sent with that number does not fit, or did not arrive. */
    void error(Errno errno, int sequence) {
        Packet packet = pool.acquire(0);
        int at = packet.append(8);
        packet.buffer().putShort(at, (short) stackPort).putShort(at + 2, (short) peerPort).putInt(at + 4, initial + sequence);
        IpError error = new IpError();
        error.localHigh = LOCAL.high();
        error.localLow = LOCAL.low();
        error.remoteHigh = peerAddress.high();
        error.remoteLow = peerAddress.low();
        error.errno = errno;
        error.hard = true;
        context.lock().lock();
        tcp.error(error, packet, at);
        context.lock().unlock();
        packet.release();
    }

    /** The next segment that the stack sent. */
    Sent next() {
        Sent s = sent.poll();
        assertNotNull(s, "the stack should have sent something");
        return s;
    }

    /** The next one, which has these flags and numbers; the sequence number counts from the stack's SYN, the acknowledgement from the peer's. */
    Sent expect(int flags, int sequence, int acknowledgment, int length) {
        Sent s = next();
        assertEquals(describe(flags, sequence, acknowledgment, length),
            describe(s.flags & ~Segment.PSH, s.sequence - initial, s.has(Segment.ACK) ? s.acknowledgment - PEER_INITIAL : 0, s.length()));
        return s;
    }

    private static String describe(int flags, int sequence, int acknowledgment, int length) {
        return "flags " + Integer.toHexString(flags) + " seq " + sequence + " ack " + acknowledgment + " len " + length;
    }

    void expectNothing() {
        assertNull(sent.peek());
    }

    long count(Counter counter) {
        return statistics.get(counter);
    }

    TcpListener listen(int backlog) throws NetworkException {
        TcpSocket socket = tcp.open(false);
        socket.bind(IpAddress.ANY_V4, PORT);
        return socket.listen(backlog);
    }

    /** The peer connects, offering nothing but a segment size of 1460. */
    TcpSocket accept(TcpListener listener, int window) throws NetworkException {
        handshake(window);
        TcpSocket socket = listener.accept();
        assertNotNull(socket);
        return socket;
    }

    TcpSocket accept(int window) throws NetworkException {
        return accept(listen(5), window);
    }

    private void handshake(int window) {
        peer.maximumSegmentSize = 1460;
        send(Segment.SYN, 0, 0, window);
        peer.maximumSegmentSize = 0;
        Sent answer = next();
        assertEquals(Segment.SYN | Segment.ACK, answer.flags);
        assertEquals(PEER_INITIAL + 1, answer.acknowledgment);
        initial = answer.sequence;
        send(Segment.ACK, 1, 1, window);
        expectNothing();
    }

    /** The peer connects with SACK, timestamps and a window shift of 7. */
    TcpSocket acceptModern(int window) throws NetworkException {
        TcpListener listener = listen(5);
        peer.maximumSegmentSize = 1460;
        peer.sackPermitted = true;
        peer.windowShift = 7;
        peer.hasTimestamps = true;
        peer.timestamp = 100;
        send(Segment.SYN, 0, 0, 0xffff);
        peer.maximumSegmentSize = 0;
        peer.sackPermitted = false;
        peer.windowShift = -1;
        Sent answer = next();
        initial = answer.sequence;
        peer.timestampEcho = answer.header.timestamp;
        pass(10 * MILLISECOND);
        peer.timestamp = 110;
        send(Segment.ACK, 1, 1, window >> 7);
        return listener.accept();
    }

    /** The stack connects; the peer answers, offering nothing but a segment size. */
    TcpSocket connect(int window) throws NetworkException {
        TcpSocket socket = begin();
        peer.maximumSegmentSize = 1460;
        send(Segment.SYN | Segment.ACK, 0, 1, window);
        peer.maximumSegmentSize = 0;
        expect(Segment.ACK, 1, 1, 0);
        return socket;
    }

    TcpSocket begin() throws NetworkException {
        TcpSocket socket = tcp.open(false);
        socket.connect(PEER, PEER_PORT);
        Sent syn = next();
        assertEquals(Segment.SYN, syn.flags);
        initial = syn.sequence;
        stackPort = socket.localPort();
        return socket;
    }

    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    static int write(TcpSocket socket, int length) throws NetworkException {
        return socket.write(ByteBuffer.wrap(bytes(length)));
    }

    static int read(TcpSocket socket, int length) throws NetworkException {
        return socket.read(ByteBuffer.allocate(length));
    }

    /** Everything that a connection takes has been given back. */
    void expectNothingLeft() {
        assertEquals(0, tcp.connections(), "connections");
        assertEquals(0, tcp.sockets(), "sockets");
        assertEquals(0, tcp.halfOpen(), "half-open");
        assertEquals(0, tcp.bufferBytesInUse(), "buffers");
        assertEquals(0, tcp.portsInUse(), "ports");
        assertEquals(0, context.timers().count(), "timers");
        assertEquals(0, pool.inUse() + bigPool.inUse(), "packets");
    }

    @Override
    public IpPath path(IpAddress local, IpAddress remote, int interfaceIndex) {
        return remote.equals(PEER) ? this : new Script.Other(this, remote);
    }

    /** The way to somebody else, no different. */
    private record Other(Script script, IpAddress remote) implements IpPath {
        @Override
        public IpAddress local() {
            return LOCAL;
        }

        @Override
        public int interfaceIndex() {
            return 1;
        }

        @Override
        public int mtu() {
            return script.mtu;
        }

        @Override
        public int headerLength() {
            return 20;
        }

        @Override
        public boolean segmentationOffload() {
            return false;
        }

        @Override
        public boolean isLoopback() {
            return false;
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public void confirm() {
        }

        @Override
        public void suspect() {
        }
    }

    @Override
    public Packet allocate(int bytes) {
        return hasPackets ? (bytes > 1900 ? bigPool : pool).acquire(128) : null;
    }

    private void take(Packet packet) {
        Segment s = new Segment();
        if (!s.parse(packet.buffer(), packet.start(), packet.length())) {
            throw new AssertionError("the stack sent nonsense");
        }
        byte[] payload = new byte[s.payloadLength];
        packet.buffer().get(s.payloadOffset, payload);
        sent.add(new Sent(s.flags, s.sequence, s.acknowledgment, s.window, payload, s));
        packet.release();
    }

    @Override
    public boolean output(IpPath path, Packet packet, int protocol, int checksumOffset, int hopLimit, int traffic, boolean mayFragment) {
        lastTrafficClass = traffic;
        take(packet);
        return true;
    }

    @Override
    public boolean reply(IpInput to, Packet packet, int protocol, int checksumOffset, int hopLimit, int traffic) {
        take(packet);
        return true;
    }

    @Override
    public boolean isLocal(long high, long low) {
        return high == LOCAL.high() && low == LOCAL.low();
    }

    @Override
    public void portUnreachable(Packet packet, IpInput from) {
    }

    @Override
    public IpAddress local() {
        return LOCAL;
    }

    @Override
    public IpAddress remote() {
        return PEER;
    }

    @Override
    public int interfaceIndex() {
        return 1;
    }

    @Override
    public int mtu() {
        return mtu;
    }

    @Override
    public int headerLength() {
        return 20;
    }

    @Override
    public boolean segmentationOffload() {
        return offload;
    }

    @Override
    public boolean isLoopback() {
        return false;
    }

    @Override
    public boolean isValid() {
        return true;
    }

    @Override
    public void confirm() {
    }

    @Override
    public void suspect() {
        suspected++;
    }
}
