package dev.ristretto.launcher.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.launcher.network.Forward;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.socket.UdpSocket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with an image at it, and what tests of both do; when a test ends, nothing may have been complained about. */
abstract class GatewayFixture {
    static final String ROUTER = "10.0.2.2";
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path directory;
    final List<String> notices = new ArrayList<>();
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    Gateway gateway;
    Image image;

    void start(Forward... forwards) throws Exception {
        start(NetworkConfiguration.AUTOMATIC, forwards);
    }

    void start(NetworkConfiguration configuration, Forward... forwards) throws Exception {
        Path resolver = directory.resolve("resolv.conf");
        if (!Files.exists(resolver)) {
            Files.writeString(resolver, "# none\nnameserver 127.0.0.1\n");
        }
        gateway = Gateway.open(Path.of("/tmp"), List.of(forwards), directory.resolve("frames.pcap"), resolver, notices::add);
        image = new Image(gateway.socket(), configuration);
    }

    @AfterEach
    void nothingFailed() throws IOException {
        if (image != null) {
            image.close();
        }
        if (gateway != null) {
            gateway.close();
        }
        threads.shutdownNow();
        assertEquals(List.of(), notices);
    }

    <T> Future<T> run(Callable<T> task) {
        return threads.submit(task);
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    /** Datagrams of these lengths go from the image to a server at {@code host}, which it knows as {@code router}, and come back as they were. */
    void datagramsComeBack(InetAddress host, String router, int... lengths) throws Exception {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(host, 0))) {
            run(() -> {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
                    server.receive(packet);
                    server.send(packet);
                }
            });
            UdpSocket socket = image.udp(5000);
            for (int length : lengths) {
                byte[] bytes = content(length, length);
                socket.send(ByteBuffer.wrap(bytes), IpAddress.parse(router), server.getLocalPort());
                Datagram from = new Datagram();
                assertArrayEquals(bytes, Image.receive(socket, from));
                assertEquals(IpAddress.parse(router), from.source());
                assertEquals(server.getLocalPort(), from.sourcePort());
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
            return socket.getLocalPort();
        }
    }

    static byte[] content(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
