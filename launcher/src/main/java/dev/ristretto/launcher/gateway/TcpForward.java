package dev.ristretto.launcher.gateway;

import dev.ristretto.launcher.network.Forward;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.TcpSocket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/** A port of the host whose connections go to the image. Those that come before the image has an address wait for it. */
final class TcpForward {
    private static final int BACKLOG = 1024;

    private final Forward forward;
    private final ServerSocketChannel server;
    private final ArrayDeque<SocketChannel> waiting = new ArrayDeque<>();
    private GatewayLoop loop;
    private ImageHost image;

    /** Binds the port. */
    TcpForward(Forward forward) throws IOException {
        this.forward = forward;
        server = ServerSocketChannel.open();
        try {
            server.configureBlocking(false);
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress(forward.hostAddress(), forward.hostPort()), BACKLOG);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    void begin(GatewayLoop owner, ImageHost target) throws IOException {
        loop = owner;
        image = target;
        loop.register(server, SelectionKey.OP_ACCEPT, key -> accept());
    }

    private void accept() {
        try {
            for (SocketChannel host = server.accept(); host != null; host = server.accept()) {
                if (image.isThere()) {
                    connect(host);
                } else if (waiting.size() < BACKLOG) {
                    waiting.add(host);
                } else {
                    host.close();
                }
            }
        } catch (IOException e) {
            loop.pause(); // too many open files, most likely: not at full speed
        }
    }

    /** The image has an address. */
    void imageFound() {
        while (!waiting.isEmpty()) {
            connect(waiting.poll());
        }
    }

    private void connect(SocketChannel host) {
        try {
            host.configureBlocking(false);
            host.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean v6 = host.getRemoteAddress() instanceof InetSocketAddress from && from.getAddress() instanceof Inet6Address;
            IpAddress to = image.address(v6);
            TcpSocket socket = loop.network().openTcp(to.isV6());
            try {
                socket.connect(to, forward.guestPort());
            } catch (NetworkException e) {
                socket.close();
                throw e;
            }
            new Splice(loop, socket, host, () -> { }).begin();
        } catch (IOException | NetworkException e) {
            try {
                host.close();
            } catch (IOException f) {
                return; // it is gone all the same
            }
        }
    }

    void close() throws IOException {
        server.close();
        for (SocketChannel host : waiting) {
            host.close();
        }
    }
}
