package dev.ristretto.launcher.gateway;

import dev.ristretto.launcher.gateway.TcpFlow.State;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.wire.Checksum;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.Ipv4Header;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Connections that the image makes. All of them go to one listening socket of the gateway's stack: addresses and ports of segments are
 * translated on their way there and back, so that the stack sees the router's address and one port, and as the other end the image with a
 * port of its own for each connection.
 *
 * <p>The image's SYN is held back until the host is connected, so that a port that refuses there refuses here.
 */
final class TcpFlows {
    /** Bytes of a segment's header without options. */
    static final int HEADER = 20;
    /** Of the stack, where all connections arrive. */
    static final int LISTENER_PORT = 1;

    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;
    private static final int BACKLOG = 4096;
    private static final int MOST = 16_384;
    private static final int FIRST_ALIAS = 1024;
    private static final int CHECKSUM_AT = 16;
    private static final long SECOND = 1_000_000_000L;
    /** How long late segments are still translated: a TIME-WAIT. */
    private static final long LATE = 60 * SECOND;
    /** For how long an image may leave the answer to its SYN unanswered. */
    private static final long HANDSHAKE = 75 * SECOND;

    private final GatewayLoop loop;
    private final Addresses addresses;
    private final Frames frames;
    private final Map<Long, TcpFlow> byKey = new HashMap<>();
    private final TcpFlow[] byAlias = new TcpFlow[65_536];
    /** Those that ended, oldest first; some may have been replaced since. */
    private final ArrayDeque<TcpFlow> ended = new ArrayDeque<>();
    private int nextAlias = FIRST_ALIAS;
    private TcpListener listener;

    TcpFlows(GatewayLoop loop, Addresses addresses, Frames frames) {
        this.loop = loop;
        this.addresses = addresses;
        this.frames = frames;
    }

    /** Begins to listen, once the stack has its card. */
    void listen() throws NetworkException {
        listener = loop.network().listen(IpAddress.ofV4(Addresses.ROUTER), LISTENER_PORT, BACKLOG);
        listener.setListener(() -> loop.later(this::accept));
    }

    private static long key(int imagePort, int remoteAddress, int remotePort) {
        return (remoteAddress & 0xffffffffL) << 32 | remotePort << 16 & 0xffff0000L | imagePort;
    }

    /**
     * A segment from the image; its headers are there.
     *
     * @return whether it is for the stack, and translated if need be
     */
    boolean fromImage(Packet packet, int ip, int header, int total) {
        ByteBuffer b = packet.buffer();
        int at = ip + header;
        int imagePort = b.getShort(at) & 0xffff;
        int remotePort = b.getShort(at + 2) & 0xffff;
        int remote = Ipv4Header.destination(b, ip);
        int flags = b.get(at + 13);
        TcpFlow flow = byKey.get(key(imagePort, remote, remotePort));
        boolean begins = (flags & (SYN | ACK | RST | FIN)) == SYN;
        if (flow != null && begins && (flow.state == State.ENDED || flow.imageAddress != Ipv4Header.source(b, ip))
                && flow.initialSequence != b.getInt(at + 4)) {
            forget(flow); // the image uses the port again
            flow = null;
        }
        if (flow != null) {
            if (flow.state == State.CONNECTING) {
                if ((flags & RST) != 0) {
                    end(flow); // it does not want it any more
                }
                return false;
            }
            translate(b, ip, at, Ipv4Header.source(b, ip), flow.alias, Addresses.ROUTER, LISTENER_PORT);
            packet.checksumValid(true);
            return true;
        }
        if (begins) {
            begin(packet, ip, at, total);
            return false;
        }
        if (Addresses.isOwn(remote)) {
            return remotePort != LISTENER_PORT; // of a connection that the gateway made, or nobody's
        }
        if ((flags & RST) == 0) {
            refuse(b, ip, at, total - header);
        }
        return false;
    }

    /** Answers that there is no such connection (RFC 9293 §3.10.7.1). */
    private void refuse(ByteBuffer b, int ip, int at, int bytes) {
        int flags = b.get(at + 13);
        int data = Math.max(0, bytes - (b.get(at + 12) >> 4 & 0xf) * 4);
        boolean acknowledges = (flags & ACK) != 0;
        int length = data + ((flags & SYN) != 0 ? 1 : 0) + ((flags & FIN) != 0 ? 1 : 0);
        frames.segment(Ipv4Header.destination(b, ip), b.getShort(at + 2) & 0xffff, Ipv4Header.source(b, ip), b.getShort(at) & 0xffff,
                acknowledges ? b.getInt(at + 8) : 0, acknowledges ? 0 : b.getInt(at + 4) + length, acknowledges ? RST : RST | ACK);
    }

    private void begin(Packet packet, int ip, int at, int total) {
        ByteBuffer b = packet.buffer();
        int imagePort = b.getShort(at) & 0xffff;
        int remotePort = b.getShort(at + 2) & 0xffff;
        int remote = Ipv4Header.destination(b, ip);
        InetSocketAddress target = addresses.toHost(remote, remotePort);
        int alias = target == null ? 0 : freeAlias();
        byte[] syn = new byte[EthernetHeader.LENGTH + total];
        b.get(packet.start(), syn, 0, syn.length);
        if (alias == 0) {
            if (target == null) {
                unreachable(syn, Frames.HOST);
            }
            return; // full: it will try again
        }
        TcpFlow flow = new TcpFlow(key(imagePort, remote, remotePort), Ipv4Header.source(b, ip), imagePort, remote, remotePort, alias, b.getInt(at + 4));
        flow.syn = syn;
        flow.since = loop.now();
        byKey.put(flow.key, flow);
        byAlias[alias] = flow;
        try {
            flow.host = SocketChannel.open();
            flow.host.configureBlocking(false);
            flow.host.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (flow.host.connect(target)) {
                connected(flow);
            } else {
                loop.register(flow.host, SelectionKey.OP_CONNECT, key -> finish(flow, key));
            }
        } catch (IOException | RuntimeException e) {
            failed(flow, e);
        }
    }

    private int freeAlias() {
        if (byKey.size() >= MOST && !ended.isEmpty()) {
            forget(ended.poll());
        }
        for (int i = 0; i < byAlias.length && byKey.size() < MOST; i++) {
            int alias = nextAlias;
            nextAlias = nextAlias == 65_535 ? FIRST_ALIAS : nextAlias + 1;
            if (byAlias[alias] == null) {
                return alias;
            }
        }
        return 0;
    }

    private void finish(TcpFlow flow, SelectionKey key) {
        if (flow.state != State.CONNECTING) {
            return;
        }
        try {
            if (flow.host.finishConnect()) {
                key.interestOps(0);
                connected(flow);
            }
        } catch (IOException e) {
            failed(flow, e);
        }
    }

    /** The stack may answer the image now. */
    private void connected(TcpFlow flow) {
        flow.state = State.OPEN;
        flow.since = loop.now();
        Packet packet = frames.packet(flow.syn.length);
        if (packet == null) {
            return; // the image will send it again
        }
        int frame = packet.append(flow.syn.length);
        ByteBuffer b = packet.buffer();
        b.put(frame, flow.syn);
        flow.syn = null;
        int ip = frame + EthernetHeader.LENGTH;
        translate(b, ip, ip + Ipv4Header.headerLength(b, ip), flow.imageAddress, flow.alias, Addresses.ROUTER, LISTENER_PORT);
        packet.checksumValid(true);
        // Not from within a frame's reception, which may hold locks.
        loop.later(() -> loop.inject(packet));
    }

    private void failed(TcpFlow flow, Exception e) {
        String why = String.valueOf(e.getMessage());
        if (e instanceof NoRouteToHostException || why.contains("unreachable")) {
            unreachable(flow.syn, why.contains("Network") ? Frames.NETWORK : Frames.HOST);
        } else if (!(e instanceof ConnectException) || why.contains("refused")) {
            ByteBuffer b = ByteBuffer.wrap(flow.syn);
            int ip = EthernetHeader.LENGTH;
            int header = Ipv4Header.headerLength(b, ip);
            refuse(b, ip, ip + header, Ipv4Header.totalLength(b, ip) - header);
        }
        // What timed out on the host times out in the image.
        end(flow);
        forget(flow);
    }

    private void unreachable(byte[] syn, int code) {
        byte[] packet = new byte[syn.length - EthernetHeader.LENGTH];
        System.arraycopy(syn, EthernetHeader.LENGTH, packet, 0, packet.length);
        frames.unreachable(code, packet);
    }

    private void accept() {
        try {
            for (TcpSocket socket = listener.accept(); socket != null; socket = listener.accept()) {
                TcpFlow flow = byAlias[socket.remotePort()];
                if (flow == null || flow.state != State.OPEN || flow.isSpliced) {
                    socket.abort();
                } else {
                    flow.isSpliced = true;
                    new Splice(loop, socket, flow.host, () -> end(flow)).begin();
                }
            }
        } catch (NetworkException | IOException e) {
            throw new IllegalStateException(e); // the listener is never closed
        }
    }

    /** A packet of the stack's: translates it back if it belongs to one of these connections. */
    void toImage(ByteBuffer b, int ip) {
        int at = ip + Ipv4Header.headerLength(b, ip);
        if (b.getShort(at) == LISTENER_PORT && Ipv4Header.source(b, ip) == Addresses.ROUTER) {
            TcpFlow flow = byAlias[b.getShort(at + 2) & 0xffff];
            if (flow != null) {
                translate(b, ip, at, flow.remoteAddress, flow.remotePort, flow.imageAddress, flow.imagePort);
            }
        }
    }

    private static void translate(ByteBuffer b, int ip, int at, int source, int sourcePort, int destination, int destinationPort) {
        long change = gone(b.getInt(ip + 12)) + gone(b.getInt(ip + 16)) + (source & 0xffffffffL) + (destination & 0xffffffffL);
        long ports = gone(b.getInt(at)) + (sourcePort << 16 & 0xffffffffL) + destinationPort;
        b.putInt(ip + 12, source);
        b.putInt(ip + 16, destination);
        b.putInt(at, sourcePort << 16 | destinationPort);
        adjust(b, ip + 10, change);
        adjust(b, at + CHECKSUM_AT, change + ports);
    }

    /** In ones' complement arithmetic: what is subtracted when these bits go. */
    private static long gone(int bits) {
        return ~bits & 0xffffffffL;
    }

    /** RFC 1624 §3, equation 3, for several words at once. */
    private static void adjust(ByteBuffer b, int at, long change) {
        b.putShort(at, (short) Checksum.finish((~b.getShort(at) & 0xffff) + change));
    }

    private void end(TcpFlow flow) {
        if (flow.state != State.ENDED) {
            flow.state = State.ENDED;
            flow.since = loop.now();
            ended.add(flow);
            if (!flow.isSpliced) {
                close(flow.host);
            }
        }
    }

    private void forget(TcpFlow flow) {
        end(flow);
        byKey.remove(flow.key, flow);
        if (byAlias[flow.alias] == flow) {
            byAlias[flow.alias] = null;
        }
    }

    private static void close(SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                return; // it is gone all the same
            }
        }
    }

    /** Forgets what is over. From time to time. */
    void sweep() {
        long now = loop.now();
        while (!ended.isEmpty() && now - ended.peek().since > LATE) {
            forget(ended.poll());
        }
        byKey.values().stream().filter(flow -> flow.state == State.OPEN && !flow.isSpliced && now - flow.since > HANDSHAKE).toList()
            .forEach(this::end);
    }

    /** Connections that are known, those included that have ended lately. */
    int count() {
        return byKey.size();
    }

    void close() {
        byKey.values().forEach(flow -> close(flow.host));
    }
}
