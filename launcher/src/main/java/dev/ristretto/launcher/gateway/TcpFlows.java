package dev.ristretto.launcher.gateway;

import dev.ristretto.launcher.gateway.TcpFlow.State;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.wire.Checksum;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Connections that the image makes. All of them go to one listening socket of the gateway's stack for each IP version: addresses and ports of
 * segments are translated on their way there and back, so that the stack sees the router's address and one port, and as the other end the
 * image with a port of its own for each connection.
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
    /** Places in IP headers. */
    private static final int CHECKSUM_V4 = 10;
    private static final int SOURCE_V4 = 12;
    private static final int SOURCE_V6 = 8;
    private static final long SECOND = 1_000_000_000L;
    /** How long late segments are still translated: a TIME-WAIT. */
    private static final long LATE = 60 * SECOND;
    /** For how long an image may leave the answer to its SYN unanswered. */
    private static final long HANDSHAKE = 75 * SECOND;

    private final GatewayLoop loop;
    private final Addresses addresses;
    private final Frames frames;
    private final Map<TcpFlow.Key, TcpFlow> byKey = new HashMap<>();
    private final TcpFlow[] byAlias = new TcpFlow[65_536];
    /** Those that ended, oldest first; some may have been replaced since. */
    private final ArrayDeque<TcpFlow> ended = new ArrayDeque<>();
    private int nextAlias = FIRST_ALIAS;

    TcpFlows(GatewayLoop loop, Addresses addresses, Frames frames) {
        this.loop = loop;
        this.addresses = addresses;
        this.frames = frames;
    }

    /** Begins to listen, once the stack has its card. */
    void listen() throws NetworkException {
        for (IpAddress router : List.of(Addresses.ROUTER, Addresses.ROUTER_V6)) {
            TcpListener listener = loop.network().listen(router, LISTENER_PORT, BACKLOG);
            listener.setListener(() -> loop.later(() -> accept(listener)));
        }
    }

    private static int sourcePort(ImagePacket ip) {
        return ip.buffer().getShort(ip.payload()) & 0xffff;
    }

    private static int destinationPort(ImagePacket ip) {
        return ip.buffer().getShort(ip.payload() + 2) & 0xffff;
    }

    /**
     * A segment from the image; its headers are there.
     *
     * @return whether it is for the stack, and translated if need be
     */
    boolean fromImage(Packet packet, ImagePacket ip) {
        ByteBuffer b = ip.buffer();
        int at = ip.payload();
        int flags = b.get(at + 13);
        TcpFlow.Key key = new TcpFlow.Key(sourcePort(ip), ip.destination(), destinationPort(ip));
        TcpFlow flow = byKey.get(key);
        boolean begins = (flags & (SYN | ACK | RST | FIN)) == SYN;
        if (flow != null && begins && (flow.state == State.ENDED || !flow.imageAddress.equals(ip.source()))
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
            translate(ip, ip.source(), flow.alias, Addresses.router(ip.source().isV6()), LISTENER_PORT);
            packet.checksumValid(true);
            return true;
        }
        if (begins) {
            begin(key, ip);
            return false;
        }
        if (Addresses.isOwn(key.remote())) {
            return key.remotePort() != LISTENER_PORT; // of a connection that the gateway made, or nobody's
        }
        if ((flags & RST) == 0) {
            refuse(ip);
        }
        return false;
    }

    /** Answers that there is no such connection (RFC 9293 §3.10.7.1). */
    private void refuse(ImagePacket ip) {
        ByteBuffer b = ip.buffer();
        int at = ip.payload();
        int flags = b.get(at + 13);
        int data = Math.max(0, ip.payloadLength() - (b.get(at + 12) >> 4 & 0xf) * 4);
        boolean acknowledges = (flags & ACK) != 0;
        int length = data + ((flags & SYN) != 0 ? 1 : 0) + ((flags & FIN) != 0 ? 1 : 0);
        frames.segment(ip.destination(), destinationPort(ip), ip.source(), sourcePort(ip), acknowledges ? b.getInt(at + 8) : 0, acknowledges ? 0 : b.getInt(at + 4) + length, acknowledges ? RST : RST | ACK);
    }

    private void begin(TcpFlow.Key key, ImagePacket ip) {
        InetSocketAddress target = addresses.toHost(key.remote(), key.remotePort());
        if (target == null) {
            frames.unreachable(Unreachable.HOST, ip);
            return;
        }
        int alias = freeAlias();
        if (alias == 0) {
            return; // full: it will try again
        }
        TcpFlow flow = new TcpFlow(key, ip.source(), alias, ip.buffer().getInt(ip.payload() + 4));
        flow.syn = ip.copyFrame();
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
                loop.register(flow.host, SelectionKey.OP_CONNECT, ready -> finish(flow, ready));
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
        translate(ImagePacket.of(flow.syn), flow.imageAddress, flow.alias, Addresses.router(flow.imageAddress.isV6()), LISTENER_PORT);
        packet.buffer().put(packet.append(flow.syn.length), flow.syn);
        flow.syn = null;
        packet.checksumValid(true);
        // Not from within a frame's reception, which may hold locks.
        loop.later(() -> loop.inject(packet));
    }

    private void failed(TcpFlow flow, Exception e) {
        Unreachable unreachable = Unreachable.of(e);
        if (unreachable != null) {
            frames.unreachable(unreachable, ImagePacket.of(flow.syn));
        } else if (!(e instanceof ConnectException) || String.valueOf(e.getMessage()).contains("refused")) {
            refuse(ImagePacket.of(flow.syn));
        }
        // What timed out on the host times out in the image.
        end(flow);
        forget(flow);
    }

    private void accept(TcpListener listener) {
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
    void toImage(ImagePacket ip) {
        if (sourcePort(ip) == LISTENER_PORT && Addresses.isRouter(ip.source())) {
            TcpFlow flow = byAlias[destinationPort(ip)];
            if (flow != null && flow.imageAddress.equals(ip.destination())) {
                translate(ip, flow.key.remote(), flow.key.remotePort(), flow.imageAddress, flow.key.imagePort());
            }
        }
    }

    /** Changes addresses and ports, and the checksums with them. */
    private static void translate(ImagePacket packet, IpAddress source, int sourcePort, IpAddress destination, int destinationPort) {
        ByteBuffer b = packet.buffer();
        int ip = packet.start();
        int at = packet.payload();
        boolean v4 = source.isV4();
        int addresses = ip + (v4 ? SOURCE_V4 : SOURCE_V6);
        int length = v4 ? 2 * 4 : 2 * 16;
        long old = Checksum.sum(b, addresses, length);
        long oldPorts = Checksum.sum(b, at, 4);
        if (v4) {
            b.putInt(addresses, source.v4()).putInt(addresses + 4, destination.v4());
        } else {
            b.putLong(addresses, source.high()).putLong(addresses + 8, source.low());
            b.putLong(addresses + 16, destination.high()).putLong(addresses + 24, destination.low());
        }
        b.putInt(at, sourcePort << 16 | destinationPort);
        long changed = Checksum.sum(b, addresses, length);
        if (v4) {
            adjust(b, ip + CHECKSUM_V4, old, changed);
        }
        adjust(b, at + CHECKSUM_AT, old + oldPorts, changed + Checksum.sum(b, at, 4));
    }

    /** RFC 1624 §3, equation 3, for the sums of several words. */
    private static void adjust(ByteBuffer b, int at, long old, long changed) {
        b.putShort(at, (short) Checksum.finish((~b.getShort(at) & 0xffff) + Checksum.finish(old) + changed));
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
