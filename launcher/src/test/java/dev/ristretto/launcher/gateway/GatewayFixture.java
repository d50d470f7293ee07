package dev.ristretto.launcher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.launcher.network.Forward;
import dev.ristretto.network.config.NetworkConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
