package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * IPv6 through the gateway, from an image that runs as a process and to it: the host is the near one of {@link Namespaces}, so that it has an
 * IPv6 network to go to.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayIpv6IT {
    private static final String IMAGE = "http://[::1]:8080/";
    /** The host itself, as the image sees it. */
    private static final String HOST = "fec0::2";
    private static final int LARGE = 8 << 20;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Namespaces net = new Namespaces();
    private final List<RunningExample> running = new ArrayList<>();

    @BeforeAll
    void start() throws Exception {
        Namespaces.require(getClass());
        net.make(1500, 1500);
        for (String namespace : List.of(net.near, net.far)) {
            started(RunningExample.start(Namespaces.command(namespace, List.of(OnTap.peer()))));
        }
        List<String> command = new ArrayList<>(Checkout.commandLine());
        command.addAll(List.of("run", TestImage.get().toString(), "--on", "process", "-p", "[::1]:8080:8080", "--", "lan"));
        started(RunningExample.start(Namespaces.command(net.near, command)));
        // its address is made of what the router announces, a second after the start
        String addresses = curl("--retry", "20", "--retry-delay", "1", "--retry-all-errors", IMAGE + "addresses");
        for (long end = System.nanoTime() + PATIENCE; !addresses.contains("fec0:") && System.nanoTime() < end;) {
            addresses = curl(IMAGE + "addresses");
        }
        assertTrue(addresses.contains("fec0:"), addresses);
    }

    private void started(RunningExample program) throws InterruptedException {
        running.add(program);
        program.await("ready");
    }

    @AfterAll
    void stop() throws Exception {
        for (RunningExample each : running.reversed()) {
            each.close();
        }
        net.close();
    }

    private String curl(String... words) throws Exception {
        return OnTap.curl(net.near, words);
    }

    private String act(String what) throws Exception {
        return curl(IMAGE + "do/" + what).strip();
    }

    @Test
    void aForwardedPortOfTheHosts(@TempDir Path directory) throws Exception {
        assertEquals("hello\n", curl(IMAGE));
        Path body = Files.write(directory.resolve("body"), TapPeer.body(LARGE));
        assertEquals(TapPeer.hashOfBody(LARGE), curl("--data-binary", "@" + body, "-H", "Expect:", IMAGE + "hash").strip());
        assertEquals("answered 200", Namespaces.in(net.near, OnTap.peer("ask", "::1", "8080", "200")).strip());
    }

    @Test
    void connectionsOfTheImagesToTheHostAndBeyond() throws Exception {
        for (String address : List.of(HOST, OnTap.FAR_6)) {
            assertEquals(TapPeer.hashOfBody(LARGE), act("send/" + address + "/" + TapPeer.SINK + "/" + LARGE));
            assertEquals(TapPeer.hashOfBody(LARGE), act("fetch/" + address + "/" + TapPeer.SOURCE + "/" + LARGE));
            assertEquals("connected 200", act("connect/" + address + "/" + TapPeer.BYTE_ECHO + "/200"));
        }
    }

    @Test
    void datagramsOfTheImages() throws Exception {
        for (String address : List.of(HOST, OnTap.FAR_6)) {
            for (int size : new int[] {1, 1200, 8000}) {
                assertEquals("back " + size, act("datagram/" + address + "/" + TapPeer.DATAGRAM_ECHO + "/" + size));
            }
        }
    }

    @Test
    void whatFailsFailsAsOnTheHost() throws Exception {
        for (String address : List.of(HOST, OnTap.FAR_6)) {
            assertEquals("failed: java.net.ConnectException: Connection refused", act("connect/" + address + "/9/1"));
        }
        String unreachable = act("connect/fd99::1/9/1"); // a network that the host has no route to
        assertTrue(unreachable.startsWith("failed: java.net.NoRouteToHostException") || unreachable.contains("unreachable"), unreachable);
    }
}
