package dev.ristretto.network.udp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpError;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpPath;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.SocketBase;
import java.nio.ByteBuffer;

/** A UDP socket. What programs call takes the stack's lock; what {@link Udp} calls is under it. */
final class UdpEndpoint extends SocketBase implements UdpSocket {
    private final Udp udp;
    private final boolean ipv6;
    private final UdpOptions options = new UdpOptions();
    private final UdpAddresses addresses;
    private final UdpSending sending;
    private final ReceivedDatagrams received;
    private final SocketGroups groups;
    UdpEndpoint nextInBucket;
    int localPort;
    private Errno error;

    UdpEndpoint(Udp udp, boolean ipv6) {
        super(udp.context.lock());
        this.udp = udp;
        this.ipv6 = ipv6;
        groups = new SocketGroups(udp);
        addresses = new UdpAddresses(ipv6, options);
        sending = new UdpSending(udp, options);
        received = new ReceivedDatagrams(udp);
    }

    @Override
    public void bind(IpAddress address, int port) throws NetworkException {
        lock.lock();
        try {
            checkOpen();
            if (localPort != 0 || port < 0 || port > 65535) {
                throw Errno.EINVAL.exception();
            }
            addresses.checkFamily(address, Errno.EAFNOSUPPORT);
            if (!udp.isBindable(address)) {
                throw Errno.EADDRNOTAVAIL.exception();
            }
            IpAddress before = addresses.local;
            addresses.local = address;
            try {
                udp.bind(this, port);
            } catch (NetworkException e) {
                addresses.local = before;
                throw e;
            }
            addresses.isBound = !address.isAny();
        } finally {
            lock.unlock();
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
            addresses.checkFamily(address, address.isV6() ? Errno.EAFNOSUPPORT : Errno.ENETUNREACH);
            if (udp.ip.isBroadcast(address) && !options.broadcast) {
                throw Errno.EACCES.exception();
            }
            IpPath path = sending.newPath(addresses.source(), address);
            if (localPort == 0) {
                udp.bind(this, 0);
            }
            sending.path = path;
            addresses.remote = path.remote();
            addresses.remotePort = port;
            if (!addresses.isBound) {
                addresses.local = path.local();
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
            addresses.disconnect();
            sending.path = null;
            error = null;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int send(ByteBuffer source) throws NetworkException {
        lock.lock();
        try {
            throwError();
            if (addresses.remote == null) {
                throw Errno.EDESTADDRREQ.exception();
            }
            return sending.transmit(source, sending.path, localPort, addresses.remotePort);
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
            if (addresses.remote != null) {
                if (port != addresses.remotePort || !address.sameBits(addresses.remote)) {
                    throw Errno.EISCONN.exception();
                }
                return sending.transmit(source, sending.path, localPort, port);
            }
            addresses.checkFamily(address, address.isV6() ? Errno.EAFNOSUPPORT : Errno.ENETUNREACH);
            if (udp.ip.isBroadcast(address) && !options.broadcast) {
                throw Errno.EACCES.exception();
            }
            if (localPort == 0) {
                udp.bind(this, 0);
            }
            return sending.transmit(source, sending.pathTo(addresses.source(), address), localPort, port);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int receive(ByteBuffer target, Datagram from) throws NetworkException {
        lock.lock();
        try {
            int bytes = look(target, from);
            if (bytes != WOULD_BLOCK) {
                received.take();
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
        int bytes = received.look(target, from);
        return bytes < 0 ? WOULD_BLOCK : bytes;
    }

    @Override
    public void skip() {
        lock.lock();
        try {
            received.take();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return received.firstLength();
        } finally {
            lock.unlock();
        }
    }

    /** A datagram for this socket, whose content is the payload. Takes the packet. */
    void deliver(Packet packet) {
        if (received.add(packet, options.receiveBuffer)) {
            changed();
        }
    }

    /** Returns how well a datagram suits: 0 for not at all. */
    int score(IpInput from, int sourcePort) {
        return addresses.score(from, sourcePort);
    }

    /** Broadcast is for all; a group's datagram for who joined it. */
    boolean wantsGroup(IpInput from) {
        return !IpAddress.isMulticast(from.destinationHigh, from.destinationLow)
            || groups.wants(from.destinationHigh, from.destinationLow, from.interfaceIndex, from.sourceHigh, from.sourceLow);
    }

    /** Returns whether both could get the same datagram if they had the same port. */
    boolean overlaps(UdpEndpoint other) {
        return addresses.overlaps(other.addresses);
    }

    boolean shares(UdpEndpoint other) {
        return options.reuseAddress && other.options.reuseAddress || options.reusePort && other.options.reusePort;
    }

    /** Returns whether datagrams are spread over all sockets that suit as well as this one. */
    boolean spreads() {
        return options.reusePort;
    }

    boolean isConnectedTo(IpError about, int port) {
        return addresses.isConnectedTo(about, port);
    }

    void error(IpError about) {
        if (about.hard || about.errno == Errno.EMSGSIZE && options.dontFragment) {
            error = about.errno;
            changed();
        }
    }

    void outputReady() {
        if (sending.isBlocked) {
            sending.isBlocked = false;
            changed();
        }
    }

    @Override
    public IpAddress localAddress() {
        lock.lock();
        try {
            return addresses.local;
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
            return addresses.remote;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int remotePort() {
        lock.lock();
        try {
            return addresses.remotePort;
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected int openReadiness() {
        return (received.isEmpty() && error == null ? 0 : Readiness.READABLE) | (sending.isBlocked ? 0 : Readiness.WRITABLE)
            | (error == null ? 0 : Readiness.ERROR);
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
    protected int get(SocketOption option) throws NetworkException {
        return options.get(option);
    }

    @Override
    protected void set(SocketOption option, int value) throws NetworkException {
        if (option == SocketOption.V6_ONLY && (!ipv6 || localPort != 0)) {
            throw (ipv6 ? Errno.EINVAL : Errno.ENOPROTOOPT).exception();
        }
        if (option == SocketOption.MULTICAST_INTERFACE && value != 0 && udp.ip.byIndex(value) == null) {
            throw Errno.ENODEV.exception();
        }
        options.set(option, value);
        if (option == SocketOption.MULTICAST_INTERFACE) {
            sending.path = addresses.remote == null ? null : sending.path;
        }
    }

    private Interface groupInterface(IpAddress group, int index) throws NetworkException {
        checkOpen();
        if (!group.isMulticast()) {
            throw Errno.EINVAL.exception();
        }
        addresses.checkFamily(group, Errno.EAFNOSUPPORT);
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
            if (markClosed()) {
                if (localPort != 0) {
                    udp.unbind(this);
                }
                groups.leaveAll();
                received.clear();
                udp.closed();
                changed();
            }
        } finally {
            lock.unlock();
        }
    }
}
