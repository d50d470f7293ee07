package dev.ristretto.launcher.gateway;

import dev.ristretto.network.wire.Ipv4Header;
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
    /** By the image's port, the one that was not used for longest first. */
    private final Map<Integer, Flow> flows = new LinkedHashMap<>(16, 0.75f, true);

    private final class Flow {
        final int address;
        final int port;
        final DatagramChannel channel;
        boolean asksNames;
        long used;

        Flow(int address, int port, DatagramChannel channel) {
            this.address = address;
            this.port = port;
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
                    int source = addresses.toImage(from, asksNames);
                    if (source != 0) {
                        used = loop.now();
                        frames.datagram(source, from.getPort(), address, port, data.flip());
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
    void fromImage(ByteBuffer b, int ip, int header, int total) {
        int at = ip + header;
        int length = UdpHeader.length(b, at);
        int destination = Ipv4Header.destination(b, ip);
        int port = UdpHeader.destinationPort(b, at);
        if (length < UdpHeader.LENGTH || length > total - header) {
            return;
        }
        ByteBuffer data = b.duplicate().limit(at + length).position(at + UdpHeader.LENGTH);
        if (destination == Addresses.ROUTER) {
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
            Flow flow = flow(Ipv4Header.source(b, ip), UdpHeader.sourcePort(b, at));
            flow.asksNames |= destination == Addresses.NAMES;
            flow.used = loop.now();
            flow.channel.send(data, target);
        } catch (IOException | RuntimeException e) {
            byte[] packet = new byte[total];
            b.get(ip, packet);
            frames.unreachable(Frames.HOST, packet);
        }
    }

    private Flow flow(int address, int port) throws IOException {
        Flow flow = flows.get(port);
        if (flow != null && flow.address == address) {
            return flow;
        }
        if (flow != null || flows.size() >= MOST) {
            Flow oldest = flow != null ? flow : flows.values().iterator().next();
            flows.remove(oldest.port);
            oldest.channel.close();
        }
        // one of version 6 sends to both, but not everywhere is there version 6
        DatagramChannel channel = addresses.nameServer() instanceof Inet4Address ? DatagramChannel.open(StandardProtocolFamily.INET)
            : DatagramChannel.open();
        channel.configureBlocking(false);
        Flow made = new Flow(address, port, channel);
        loop.register(channel, SelectionKey.OP_READ, key -> made.receive());
        flows.put(port, made);
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
