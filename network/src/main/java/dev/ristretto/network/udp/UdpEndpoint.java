package dev.ristretto.network.udp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketQueue;
import dev.ristretto.network.ip.IpError;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpPath;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.ReadinessListener;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.ReadinessNotifier;
import dev.ristretto.network.stack.StackLock;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import dev.ristretto.network.wire.UdpHeader;
import java.nio.ByteBuffer;

/** A UDP socket. What programs call takes the stack's lock; what {@link Udp} calls is under it. */
final class UdpEndpoint implements UdpSocket {
    private static final int CLOSED = Readiness.READABLE | Readiness.WRITABLE | Readiness.HANGUP | Readiness.PEER_CLOSED;

    private final Udp udp;
    private final StackLock lock;
    private final boolean ipv6;
    private final UdpOptions options = new UdpOptions();
    private final ReadinessNotifier notifier;
    private final PacketQueue received = new PacketQueue();
    private final SocketGroups groups;
    UdpEndpoint nextInBucket;
    int localPort;
    boolean reusePort;
    private IpAddress local;
    private boolean boundToAddress;
    private IpAddress remote;
    private int remotePort;
    private IpPath path;
    private Errno error;
    private boolean blocked;
    private boolean closed;
    /** What the buffers of the waiting packets take, in bytes. */
    private long held;

    UdpEndpoint(Udp udp, boolean ipv6) {
        this.udp = udp;
        this.ipv6 = ipv6;
        lock = udp.context.lock();
        notifier = new ReadinessNotifier(lock);
        groups = new SocketGroups(udp);
        local = any();
    }

    private IpAddress any() {
        return ipv6 ? IpAddress.ANY_V6 : IpAddress.ANY_V4;
    }

    @Override
    public void bind(IpAddress address, int port) throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            if (localPort != 0 || port < 0 || port > 65535) {
                throw Errno.EINVAL.exception();
            }
            checkFamily(address, Errno.EAFNOSUPPORT);
            if (!udp.isBindable(address)) {
                throw Errno.EADDRNOTAVAIL.exception();
            }
            IpAddress before = local;
            local = address;
            try {
                udp.bind(this, port);
            } catch (NetworkException e) {
                local = before;
                throw e;
            }
            boundToAddress = !address.isAny();
        } finally {
            lock.unlock();
        }
    }

    private void checkFamily(IpAddress address, Errno errno) throws NetworkException {
        if (address.isV6() ? !ipv6 : ipv6 && options.v6Only) {
            throw errno.exception();
        }
    }

    private void checkOpen() throws NetworkException {
        if (closed) {
            throw Errno.EBADF.exception();
        }
    }

    private void throwError() throws NetworkException {
        checkOpen();
        Errno pending = error;
        if (pending != null) {
            error = null;
            throw pending.exception();
        }
    }

    @Override
    public void connect(IpAddress address, int port) throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            if (port < 1 || port > 65535) {
                throw Errno.EINVAL.exception();
            }
            checkFamily(address, address.isV6() ? Errno.EAFNOSUPPORT : Errno.ENETUNREACH);
            if (udp.ip.isBroadcast(address) && !options.broadcast) {
                throw Errno.EACCES.exception();
            }
            IpPath newPath = udp.ip.path(boundToAddress && !local.isMulticast() ? local : null, address,
                    address.isMulticast() ? options.multicastInterface : 0);
            if (localPort == 0) {
                udp.bind(this, 0);
            }
            path = newPath;
            remote = newPath.remote();
            remotePort = port;
            if (!boundToAddress) {
                local = path.local();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void disconnect() throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            remote = null;
            remotePort = 0;
            path = null;
            error = null;
            if (!boundToAddress) {
                local = any();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int send(ByteBuffer source) throws NetworkException {
        lock.lock();
        try {
            throwError();
            if (remote == null) {
                throw Errno.EDESTADDRREQ.exception();
            }
            return transmit(source, path, remotePort);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int send(ByteBuffer source, IpAddress address, int port) throws NetworkException {
        lock.lock();
        try {
            throwError();
            if (port < 1 || port > 65535) {
                throw Errno.EINVAL.exception();
            }
            if (remote != null) {
                if (port != remotePort || !address.sameBits(remote)) {
                    throw Errno.EISCONN.exception();
                }
                return transmit(source, path, remotePort);
            }
            checkFamily(address, address.isV6() ? Errno.EAFNOSUPPORT : Errno.ENETUNREACH);
            if (udp.ip.isBroadcast(address) && !options.broadcast) {
                throw Errno.EACCES.exception();
            }
            if (localPort == 0) {
                udp.bind(this, 0);
            }
            return transmit(source, pathTo(address), port);
        } finally {
            lock.unlock();
        }
    }

    /** The way of the last datagram is kept, for the next one mostly goes there too. */
    private IpPath pathTo(IpAddress address) throws NetworkException {
        if (path == null || !path.remote().equals(address) || !path.isValid()) {
            IpAddress from = boundToAddress && !local.isMulticast() ? local : null;
            path = udp.ip.path(from, address, address.isMulticast() ? options.multicastInterface : 0);
        }
        return path;
    }

    private int transmit(ByteBuffer source, IpPath to, int port) throws NetworkException {
        int bytes = source.remaining();
        int length = bytes + UdpHeader.LENGTH;
        boolean group = to.remote().isMulticast();
        if (length > 65535 - (to.remote().isV4() ? 20 : 0) || options.dontFragment && length + to.headerLength() > to.mtu()) {
            throw Errno.EMSGSIZE.exception();
        }
        if (!to.isValid()) {
            throw Errno.ENETUNREACH.exception();
        }
        Packet packet = udp.ip.allocate(length);
        if (packet == null) {
            blocked = true;
            udp.refused();
            return WOULD_BLOCK;
        }
        int at = packet.append(length);
        UdpHeader.write(packet.buffer(), at, localPort, port, length);
        packet.buffer().put(at + UdpHeader.LENGTH, source, source.position(), bytes);
        source.position(source.limit());
        int hopLimit = group ? options.multicastHopLimit : options.hopLimit == 0 ? 64 : options.hopLimit;
        udp.context.statistics().count(Counter.UDP_OUT);
        boolean everybody = group || udp.ip.isBroadcast(to.remote());
        if (everybody) {
            udp.ip.outputGroup(to, packet, IpProtocol.UDP, UdpHeader.CHECKSUM, hopLimit, options.trafficClass, !options.dontFragment,
                    !group || options.multicastLoop);
        } else if (!udp.ip.output(to, packet, IpProtocol.UDP, UdpHeader.CHECKSUM, hopLimit, options.trafficClass, !options.dontFragment)) {
            // The datagram is lost, as UDP's may be; the next one waits for room.
            blocked = true;
            udp.refused();
        }
        return bytes;
    }

    @Override
    public int receive(ByteBuffer target, Datagram from) throws NetworkException {
        lock.lock();
        try {
            int bytes = look(target, from);
            if (bytes != WOULD_BLOCK) {
                take();
            }
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int peek(ByteBuffer target, Datagram from) throws NetworkException {
        lock.lock();
        try {
            return look(target, from);
        } finally {
            lock.unlock();
        }
    }

    private int look(ByteBuffer target, Datagram from) throws NetworkException {
        throwError();
        Packet packet = received.peek();
        if (packet == null) {
            return WOULD_BLOCK;
        }
        int bytes = Math.min(target.remaining(), packet.length());
        target.put(target.position(), packet.buffer(), packet.start(), bytes);
        target.position(target.position() + bytes);
        if (from != null) {
            fill(from, packet);
        }
        return bytes;
    }

    private static void fill(Datagram from, Packet packet) {
        ByteBuffer b = packet.buffer();
        int at = packet.networkHeader();
        int port = UdpHeader.sourcePort(b, packet.transportHeader());
        if (Ipv4Header.version(b, at) == 4) {
            from.fill(0, mapped(Ipv4Header.source(b, at)), port, 0, mapped(Ipv4Header.destination(b, at)), packet.interfaceIndex(), packet.length());
        } else {
            from.fill(Ipv6Header.sourceHigh(b, at), Ipv6Header.sourceLow(b, at), port, Ipv6Header.destinationHigh(b, at), Ipv6Header.destinationLow(b, at),
                    packet.interfaceIndex(), packet.length());
        }
    }

    private static long mapped(int v4) {
        return 0xffff_0000_0000L | v4 & 0xffffffffL;
    }

    private void take() {
        Packet packet = received.poll();
        if (packet != null) {
            held -= packet.capacity();
            udp.unqueued(packet);
            packet.release();
        }
    }

    @Override
    public void skip() {
        lock.lock();
        try {
            take();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            Packet packet = received.peek();
            return packet == null ? 0 : packet.length();
        } finally {
            lock.unlock();
        }
    }

    /** A datagram for this socket, whose content is the payload. Takes the packet. */
    void deliver(Packet packet) {
        // Small datagrams are many to the buffer's size: what counts is what they carry, with something for each.
        if (received.bytes() + received.count() * 64L + packet.length() > options.receiveBuffer) {
            udp.drop(packet, Counter.DROP_UDP_QUEUE_FULL);
            return;
        }
        Packet kept = udp.keep(packet, held);
        if (kept != null) {
            held += kept.capacity();
            received.add(kept);
            notifier.changed();
        }
    }

    /** Returns how well a datagram suits: 0 for not at all. */
    int score(IpInput from, int sourcePort) {
        boolean v4 = from.isV4();
        if (v4 ? ipv6 && options.v6Only : !ipv6) {
            return 0;
        }
        int score = 1;
        if (!local.isAny()) {
            if (local.low() != from.destinationLow || local.high() != from.destinationHigh) {
                // A connected socket that was not bound to an address has one by its path only; groups still reach it.
                if (!from.toGroup || boundToAddress) {
                    return 0;
                }
            }
            score += 4;
        } else if (local.isV4() && !v4) {
            return 0;
        }
        if (remote != null) {
            if (remotePort != sourcePort || remote.low() != from.sourceLow || remote.high() != from.sourceHigh) {
                return 0;
            }
            score += 8;
        }
        return v4 == !ipv6 ? score + 1 : score;
    }

    /** Broadcast is for all; a group's datagram for who joined it. */
    boolean wantsGroup(IpInput from) {
        return !IpAddress.isMulticast(from.destinationHigh, from.destinationLow)
            || groups.wants(from.destinationHigh, from.destinationLow, from.interfaceIndex, from.sourceHigh, from.sourceLow);
    }

    /** Returns whether both could get the same datagram if they had the same port. */
    boolean overlaps(UdpEndpoint other) {
        if (local.isAny() || other.local.isAny()) {
            return takesFamilyOf(other) && other.takesFamilyOf(this);
        }
        return local.sameBits(other.local);
    }

    private boolean takesFamilyOf(UdpEndpoint other) {
        // One that takes both overlaps with everything.
        boolean v6 = ipv6 && local.isV6();
        boolean otherV6 = other.ipv6 && other.local.isV6();
        return v6 == otherV6 || v6 && !options.v6Only && local.isAny() || otherV6 && !other.options.v6Only && other.local.isAny();
    }

    boolean shares(UdpEndpoint other) {
        return options.reuseAddress && other.options.reuseAddress || reusePort && other.reusePort;
    }

    boolean isConnectedTo(IpError about, int port) {
        return remote != null && remotePort == port && remote.low() == about.remoteLow && remote.high() == about.remoteHigh;
    }

    void error(IpError about) {
        if (about.hard || about.errno == Errno.EMSGSIZE && options.dontFragment) {
            error = about.errno;
            notifier.changed();
        }
    }

    void outputReady() {
        if (blocked) {
            blocked = false;
            notifier.changed();
        }
    }

    @Override
    public IpAddress localAddress() {
        lock.lock();
        try {
            return local;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int localPort() {
        lock.lock();
        try {
            return localPort;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public IpAddress remoteAddress() {
        lock.lock();
        try {
            return remote;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int remotePort() {
        lock.lock();
        try {
            return remotePort;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int readiness() {
        lock.lock();
        try {
            if (closed) {
                return CLOSED;
            }
            return (received.isEmpty() && error == null ? 0 : Readiness.READABLE) | (blocked ? 0 : Readiness.WRITABLE) | (error == null ? 0 : Readiness.ERROR);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setListener(ReadinessListener listener) {
        notifier.listener(listener);
    }

    @Override
    public Errno takeError() {
        lock.lock();
        try {
            Errno taken = error;
            error = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int option(SocketOption option) throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            return options.get(option, reusePort);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void setOption(SocketOption option, int value) throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            switch (option) {
                case REUSE_PORT -> reusePort = value != 0;
                case V6_ONLY -> {
                    if (!ipv6 || localPort != 0) {
                        throw (ipv6 ? Errno.EINVAL : Errno.ENOPROTOOPT).exception();
                    }
                    options.v6Only = value != 0;
                }
                case MULTICAST_INTERFACE -> {
                    if (value != 0 && udp.ip.byIndex(value) == null) {
                        throw Errno.ENODEV.exception();
                    }
                    options.multicastInterface = value;
                    path = remote == null ? null : path;
                }
                default -> options.set(option, value);
            }
        } finally {
            lock.unlock();
        }
    }

    private Interface groupInterface(IpAddress group, int index) throws NetworkException {
        checkOpen();
        if (!group.isMulticast()) {
            throw Errno.EINVAL.exception();
        }
        checkFamily(group, Errno.EAFNOSUPPORT);
        int wanted = index != 0 ? index : udp.ip.path(null, group, 0).interfaceIndex();
        Interface on = udp.ip.byIndex(wanted);
        if (on == null) {
            throw Errno.ENODEV.exception();
        }
        return on;
    }

    @Override
    public void join(IpAddress group, int interfaceIndex, IpAddress source) throws NetworkException {
        lock.lock();
        try {
            groups.join(group, groupInterface(group, interfaceIndex), source);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void leave(IpAddress group, int interfaceIndex, IpAddress source) throws NetworkException {
        lock.lock();
        try {
            groups.leave(group, groupInterface(group, interfaceIndex), source);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void block(IpAddress group, int interfaceIndex, IpAddress source) throws NetworkException {
        lock.lock();
        try {
            groups.block(group, groupInterface(group, interfaceIndex), source, true);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void unblock(IpAddress group, int interfaceIndex, IpAddress source) throws NetworkException {
        lock.lock();
        try {
            groups.block(group, groupInterface(group, interfaceIndex), source, false);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                if (localPort != 0) {
                    udp.unbind(this);
                }
                groups.leaveAll();
                while (!received.isEmpty()) {
                    take();
                }
                udp.closed();
                notifier.changed();
            }
        } finally {
            lock.unlock();
        }
    }
}
