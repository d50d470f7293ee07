package dev.ristretto.network.udp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.ip.Ip;
import dev.ristretto.network.ip.IpError;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.ip.Transport;
import dev.ristretto.network.ip.Transports;
import dev.ristretto.network.multicast.Memberships;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.UdpHeader;
import java.nio.ByteBuffer;

/** All UDP sockets of a stack, by local port. Under the stack's lock. */
public final class Udp implements Transport {
    private static final int FIRST_EPHEMERAL = 49152;
    private static final int LAST_PORT = 65535;
    private static final int SOCKETS = 16384;

    /** Sees datagrams before sockets do: for configuration. */
    @FunctionalInterface
    public interface Tap {
        /** Returns whether it wanted the datagram, whose content is the payload. Not consumed. */
        boolean input(Packet packet, IpInput from, int sourcePort, int destinationPort);
    }

    final StackContext context;
    final Ip ip;
    final Memberships memberships;
    private final UdpEndpoint[] buckets = new UdpEndpoint[1024];
    private Tap tap = (packet, from, source, destination) -> false;
    private int sockets;
    private long queuedBytes;
    private final long queueLimit;
    private boolean refused;

    public Udp(StackContext context, Ip ip, Memberships memberships) {
        this.context = context;
        this.ip = ip;
        this.memberships = memberships;
        queueLimit = Math.min(context.budget().datagramBytes(), (long) context.budget().smallPackets() * Ip.SMALL / 2);
    }

    public void tap(Tap newTap) {
        tap = newTap;
    }

    /** Returns a new socket. EMFILE beyond {@value #SOCKETS}. */
    public UdpSocket open(boolean ipv6) throws NetworkException {
        if (sockets >= SOCKETS) {
            throw Errno.EMFILE.exception();
        }
        sockets++;
        return new UdpEndpoint(this, ipv6);
    }

    void closed() {
        sockets--;
    }

    /** Returns how many sockets are open. */
    public int sockets() {
        return sockets;
    }

    @Override
    public int protocol() {
        return IpProtocol.UDP;
    }

    private int bucket(int port) {
        return port & buckets.length - 1;
    }

    /** Gives an endpoint a local port, its own wish or a free one. */
    void bind(UdpEndpoint endpoint, int wanted) throws NetworkException {
        int port = wanted;
        if (port == 0) {
            int span = LAST_PORT - FIRST_EPHEMERAL + 1;
            int first = context.random().nextInt(span);
            for (int i = 0; i < span && port == 0; i++) {
                int candidate = FIRST_EPHEMERAL + (first + i) % span;
                if (isFree(endpoint, candidate, false)) {
                    port = candidate;
                }
            }
            if (port == 0) {
                throw Errno.EADDRINUSE.exception();
            }
        } else if (!isFree(endpoint, port, true)) {
            throw Errno.EADDRINUSE.exception();
        }
        endpoint.localPort = port;
        endpoint.nextInBucket = buckets[bucket(port)];
        buckets[bucket(port)] = endpoint;
    }

    private boolean isFree(UdpEndpoint wanting, int port, boolean mayShare) {
        for (UdpEndpoint other = buckets[bucket(port)]; other != null; other = other.nextInBucket) {
            if (other.localPort == port && other.overlaps(wanting) && !(mayShare && other.shares(wanting))) {
                return false;
            }
        }
        return true;
    }

    void unbind(UdpEndpoint endpoint) {
        int bucket = bucket(endpoint.localPort);
        if (buckets[bucket] == endpoint) {
            buckets[bucket] = endpoint.nextInBucket;
        } else {
            UdpEndpoint before = buckets[bucket];
            while (before.nextInBucket != endpoint) {
                before = before.nextInBucket;
            }
            before.nextInBucket = endpoint.nextInBucket;
        }
        endpoint.nextInBucket = null;
        endpoint.localPort = 0;
    }

    @Override
    public void input(Packet packet, IpInput from) {
        context.statistics().count(Counter.UDP_IN);
        ByteBuffer b = packet.buffer();
        int at = packet.start();
        int length = packet.length() < UdpHeader.LENGTH ? 0 : UdpHeader.length(b, at);
        if (length < UdpHeader.LENGTH || length > packet.length()) {
            drop(packet, Counter.DROP_UDP_MALFORMED);
            return;
        }
        packet.trim(length);
        if (!packet.checksumValid()) {
            boolean none = UdpHeader.checksum(b, at) == 0;
            // Without a checksum: allowed in IPv4 only (RFC 8200 §8.1).
            if (none ? !from.isV4() : Transports.checksum(packet, from, IpProtocol.UDP) != 0) {
                drop(packet, Counter.DROP_TRANSPORT_CHECKSUM);
                return;
            }
        }
        int source = UdpHeader.sourcePort(b, at);
        int destination = UdpHeader.destinationPort(b, at);
        packet.pull(UdpHeader.LENGTH);
        if (tap.input(packet, from, source, destination)) {
            packet.release();
        } else if (from.toGroup) {
            toAll(packet, from, source, destination);
        } else {
            toOne(packet, from, source, destination);
        }
    }

    private void toOne(Packet packet, IpInput from, int source, int destination) {
        UdpEndpoint best = null;
        int bestScore = 0;
        int ties = 0;
        for (UdpEndpoint e = buckets[bucket(destination)]; e != null; e = e.nextInBucket) {
            int score = e.localPort == destination ? e.score(from, source) : 0;
            if (score > bestScore) {
                best = e;
                bestScore = score;
                ties = 1;
            } else if (score > 0 && score == bestScore && e.spreads()) {
                // Spread by sender, so that one sender always meets the same socket.
                ties++;
                long hash = (from.sourceLow * 31 + source) * 0x9e3779b97f4a7c15L;
                if ((hash >>> 33) % ties == 0) {
                    best = e;
                }
            }
        }
        if (best == null) {
            context.statistics().count(Counter.DROP_UDP_NO_SOCKET);
            ip.portUnreachable(packet, from);
            packet.release();
            return;
        }
        best.deliver(packet);
    }

    /** Every socket that wants a group's datagram gets it: the last one the packet itself, others a copy. */
    private void toAll(Packet packet, IpInput from, int source, int destination) {
        UdpEndpoint before = null;
        for (UdpEndpoint e = buckets[bucket(destination)]; e != null; e = e.nextInBucket) {
            if (e.localPort == destination && e.score(from, source) > 0 && e.wantsGroup(from)) {
                if (before != null) {
                    Packet copy = copy(packet);
                    if (copy != null) {
                        before.deliver(copy);
                    }
                }
                before = e;
            }
        }
        if (before == null) {
            drop(packet, Counter.DROP_UDP_NO_SOCKET);
        } else {
            before.deliver(packet);
        }
    }

    /** Returns a copy in a packet of this stack's own, headers included; or null. */
    private Packet copy(Packet packet) {
        int headers = packet.start() - packet.networkHeader();
        Packet copy = ip.allocate(packet.length() + headers);
        if (copy != null) {
            int at = copy.append(headers + packet.length());
            copy.buffer().put(at, packet.buffer(), packet.networkHeader(), headers + packet.length());
            copy.networkHeader(at);
            copy.transportHeader(at + packet.transportHeader() - packet.networkHeader());
            copy.interfaceIndex(packet.interfaceIndex());
            copy.pull(headers);
        }
        return copy;
    }

    /**
     * Returns the packet to keep for a reader who holds so many bytes already, or null if there must not be one more. Nobody holds more than what
     * is left for all others. It is a copy where {@link PacketPool#isHalfUsed} says so.
     */
    Packet keep(Packet packet, long held) {
        if (held > 0 && held + packet.capacity() > queueLimit - queuedBytes) {
            drop(packet, Counter.DROP_UDP_QUEUE_FULL);
            return null;
        }
        Packet kept = packet;
        if (packet.pool().isHalfUsed()) {
            kept = copy(packet);
            if (kept != null && kept.pool().isHalfUsed()) {
                kept.release();
                kept = null;
            }
            drop(packet, null);
            if (kept == null) {
                context.statistics().count(Counter.DROP_UDP_QUEUE_FULL);
                return null;
            }
        }
        queuedBytes += kept.capacity();
        return kept;
    }

    void unqueued(Packet packet) {
        queuedBytes -= packet.capacity();
    }

    void drop(Packet packet, Counter reason) {
        if (reason != null) {
            context.statistics().count(reason);
        }
        packet.release();
    }

    @Override
    public void error(IpError error, Packet quoted, int at) {
        int localPort = UdpHeader.sourcePort(quoted.buffer(), at);
        int remotePort = UdpHeader.destinationPort(quoted.buffer(), at);
        for (UdpEndpoint e = buckets[bucket(localPort)]; e != null; e = e.nextInBucket) {
            if (e.localPort == localPort && e.isConnectedTo(error, remotePort)) {
                e.error(error);
            }
        }
    }

    /** A socket could not send. */
    void refused() {
        refused = true;
    }

    @Override
    public void outputReady() {
        if (refused) {
            refused = false;
            for (UdpEndpoint first : buckets) {
                for (UdpEndpoint e = first; e != null; e = e.nextInBucket) {
                    e.outputReady();
                }
            }
        }
    }

    /** Returns whether an address may be bound to. */
    boolean isBindable(IpAddress address) {
        return address.isAny() || address.isMulticast() || ip.isLocal(address.high(), address.low()) || ip.isBroadcast(address);
    }
}
