package dev.ristretto.launcher.gateway;

import dev.ristretto.launcher.network.Forward;
import dev.ristretto.network.IpAddress;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A port of the host whose datagrams go to the image. To the image each sender is a port of the router's, and what it sends there goes back. */
final class UdpForward {
    private static final int MOST = 4096;
    private static final int AT_ONCE = 64;
    private static final int FIRST_PORT = 32_768;
    private static final int PORTS = 28_000;

    private final Forward forward;
    private final DatagramChannel channel;
    /** Senders and the ports that they have, the one that was not heard of for longest first. */
    private final Map<InetSocketAddress, Integer> ports = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Integer, InetSocketAddress> senders = new HashMap<>();
    private GatewayLoop loop;
    private Frames frames;
    private ImageHost image;
    private int next;

    /** Binds the port. */
    UdpForward(Forward forward) throws IOException {
        this.forward = forward;
        channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(forward.hostAddress(), forward.hostPort()));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    void begin(GatewayLoop owner, Frames out, ImageHost target) throws IOException {
        loop = owner;
        frames = out;
        image = target;
        loop.register(channel, SelectionKey.OP_READ, key -> receive());
    }

    private void receive() {
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                ByteBuffer data = loop.scratch();
                InetSocketAddress from = (InetSocketAddress) channel.receive(data);
                if (from == null) {
                    return;
                }
                if (image.isThere()) {
                    IpAddress to = image.address(from.getAddress() instanceof Inet6Address);
                    frames.datagram(Addresses.router(to.isV6()), port(from), to, forward.guestPort(), data.flip());
                }
            }
        } catch (IOException e) {
            return; // an error about an earlier datagram; the next one counts
        }
    }

    private int port(InetSocketAddress from) {
        Integer known = ports.get(from);
        if (known != null) {
            return known;
        }
        if (ports.size() >= MOST) {
            senders.remove(ports.remove(ports.keySet().iterator().next()));
        }
        // Each forwarded port has a row of its own to begin in, so that two of them seldom give out the same.
        int port;
        do {
            port = FIRST_PORT + (forward.guestPort() * 31 + next++ & 0x7fff_ffff) % PORTS;
        } while (senders.containsKey(port));
        ports.put(from, port);
        senders.put(port, from);
        return port;
    }

    /** A datagram from the image to a port of the router; true if that stands for one of this port's senders, to whom it is passed on. */
    boolean answer(int imagePort, int port, ByteBuffer data) {
        InetSocketAddress to = imagePort == forward.guestPort() ? senders.get(port) : null;
        if (to == null) {
            return false;
        }
        try {
            channel.send(data, to);
        } catch (IOException e) {
            return true; // lost
        }
        return true;
    }

    void close() throws IOException {
        channel.close();
    }
}
