package dev.ristretto.launcher.gateway;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.wire.UdpHeader;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Datagrams that the image sends: a socket of the host's for each port that it sends from. Answers come from wherever they come from. A
 * socket that was not used for a while is closed, and so is the oldest when there are too many.
 */
final class UdpFlows {
    private static final int MOST = 512;
    /** RFC 4787 §4.3 asks for two minutes at least. */
    private static final long LIFE = 120_000_000_000L;
    private static final int AT_ONCE = 64;

    private final GatewayLoop loop;
    private final Addresses addresses;
    private final Frames frames;
    /** Ports of the host that lead to the image, whose answers go the same way back. */
    private final Iterable<UdpForward> forwards;
    /** By the image's end, the one that was not used for longest first. */
    private final Map<Key, Flow> flows = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(boolean v6, int port) {
    }

    private final class Flow {
        final Key key;
        final IpAddress address;
        final DatagramChannel channel;
        boolean asksNames;
        long used;

        Flow(Key key, IpAddress address, DatagramChannel channel) {
            this.key = key;
            this.address = address;
            this.channel = channel;
        }

        void receive() {
            try {
                for (int i = 0; i < AT_ONCE; i++) {
                    ByteBuffer data = loop.scratch();
                    InetSocketAddress from = (InetSocketAddress) channel.receive(data);
                    if (from == null) {
                        return;
                    }
                    IpAddress source = addresses.toImage(from, key.v6, asksNames);
                    if (source != null) {
                        used = loop.now();
                        frames.datagram(source, from.getPort(), address, key.port, data.flip());
                    }
                }
            } catch (IOException e) {
                return; // an error about an earlier datagram; the next one counts
            }
        }
    }

    UdpFlows(GatewayLoop loop, Addresses addresses, Frames frames, Iterable<UdpForward> forwards) {
        this.loop = loop;
        this.addresses = addresses;
        this.frames = frames;
        this.forwards = forwards;
    }

    /** A datagram of the image's; its headers are there. */
    void fromImage(ImagePacket ip) {
        ByteBuffer b = ip.buffer();
        int at = ip.payload();
        int length = UdpHeader.length(b, at);
        IpAddress destination = ip.destination();
        int port = UdpHeader.destinationPort(b, at);
        if (length < UdpHeader.LENGTH || length > ip.payloadLength()) {
            return;
        }
        ByteBuffer data = b.duplicate().limit(at + length).position(at + UdpHeader.LENGTH);
        if (Addresses.isRouter(destination)) {
            for (UdpForward forward : forwards) {
                if (forward.answer(UdpHeader.sourcePort(b, at), port, data)) {
                    return;
                }
            }
        }
        InetSocketAddress target = addresses.toHost(destination, port);
        if (target == null) {
            return;
        }
        try {
            Flow flow = flow(ip.source(), UdpHeader.sourcePort(b, at));
            flow.asksNames |= Addresses.isNames(destination);
            flow.used = loop.now();
            flow.channel.send(data, target);
        } catch (IOException | RuntimeException e) {
            Unreachable why = Unreachable.of(e);
            frames.unreachable(why == null ? Unreachable.HOST : why, ip);
        }
    }

    private Flow flow(IpAddress address, int port) throws IOException {
        Key key = new Key(address.isV6(), port);
        Flow flow = flows.get(key);
        if (flow != null && flow.address.equals(address)) {
            return flow;
        }
        if (flow != null || flows.size() >= MOST) {
            Flow oldest = flow != null ? flow : flows.values().iterator().next();
            flows.remove(oldest.key);
            oldest.channel.close();
        }
        // one of version 6 sends to both, but not everywhere is there version 6
        DatagramChannel channel = !key.v6 && addresses.nameServer() instanceof Inet4Address ? DatagramChannel.open(StandardProtocolFamily.INET)
            : DatagramChannel.open();
        channel.configureBlocking(false);
        Flow made = new Flow(key, address, channel);
        loop.register(channel, SelectionKey.OP_READ, ready -> made.receive());
        flows.put(key, made);
        return made;
    }

    /** Closes what was not used for long. From time to time. */
    void sweep() {
        long now = loop.now();
        flows.values().removeIf(flow -> {
            boolean old = now - flow.used > LIFE;
            if (old) {
                close(flow);
            }
            return old;
        });
    }

    void close() {
        flows.values().forEach(UdpFlows::close);
        flows.clear();
    }

    private static void close(Flow flow) {
        try {
            flow.channel.close();
        } catch (IOException e) {
            return; // it is gone all the same
        }
    }
}
