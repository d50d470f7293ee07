package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our TCP/IP against Linux's: an image on a TAP device, with the programs that people use on the other side of it, in networks of the test's
 * own ({@link Namespaces}). One image serves all tests of a class; what it sends is looked at by tshark in the end.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class OnTap {
    static final String IMAGE_4 = "10.77.0.2";
    static final String IMAGE_6 = "[fd77::2]";
    static final String NEAR_4 = "10.77.0.1";
    static final String FAR_4 = "10.78.0.2";
    static final String FAR_6 = "fd78::2";
    /** To the far network a step down, which only the router knows. */
    static final int FAR_MTU = 1300;
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");

    private Path directory;

    final Namespaces net = new Namespaces();
    private final List<RunningExample> running = new ArrayList<>();
    RunningExample image;
    private RunningExample dump;

    /** As of {@code --on}. */
    abstract String machine();

    /** Bytes of a large body. */
    abstract int large();

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        Namespaces.require(getClass());
        net.make(1500, FAR_MTU);
        // on its way to the far network a frame is made whole: segments cut, checksums filled in
        Namespaces.in(net.near, "ethtool", "-K", "far", "tx", "off", "tso", "off", "gso", "off");
        dump = Namespaces.start(net.near, "tcpdump", "-i", "far", "-Q", "out", "-U", "-s", "0", "-w", directory.resolve("far.pcap").toString(), "src", "net",
                "10.77.0.0/24", "or", "src", "net", "fd77::/64");
        running.add(dump);
        dump.await("tcpdump: listening");
        for (String namespace : List.of(net.near, net.far)) {
            RunningExample peer = Namespaces.start(namespace, peer());
            running.add(peer);
            peer.await("ready");
        }
        image = startImage("--system", "ip=" + IMAGE_4 + "/24", "--system", "gateway=" + NEAR_4, "--system", "ipv6=fd77::2/64", "--system", "gateway=fd77::1");
        image.await("ready");
    }

    /** The command that runs {@link TapPeer}. */
    static String[] peer(String... words) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                Checkout.target("test-classes").toString(), TapPeer.class.getName()));
        command.addAll(List.of(words));
        return command.toArray(String[]::new);
    }

    /** Starts the image of the tests on the TAP device. */
    RunningExample startImage(String... words) throws Exception {
        RunningExample started = RunningExample.start(Namespaces.command(net.near, imageCommand(machine(), words)));
        running.add(started);
        return started;
    }

    /** The command that runs the image of the tests on the TAP device, as a machine with peers. */
    static List<String> imageCommand(String machine, String... words) throws Exception {
        List<String> command = new ArrayList<>(Checkout.commandLine());
        command.addAll(List.of("run", TestImage.get().toString(), "--on", machine, "--net", "tap=" + Namespaces.TAP));
        command.addAll(List.of(words));
        command.addAll(List.of("--", "lan"));
        return command;
    }

    @AfterAll
    void stop() throws Exception {
        for (RunningExample each : running.reversed()) {
            each.close();
        }
        net.close();
    }

    @AfterEach
    void imageIsAlive() throws Exception {
        if (image != null) {
            assertEquals("hello\n", curl(near(), "http://" + IMAGE_4 + ":8080/"), () -> String.join("\n", image.said()));
        }
    }

    final String near() {
        return net.near;
    }

    final String far() {
        return net.far;
    }

    static String curl(String namespace, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "-g", "--max-time", "120"));
        command.addAll(List.of(words));
        return Namespaces.in(namespace, command.toArray(String[]::new));
    }

    /** Has the image do something with a peer. */
    static String act(String namespace, String what) throws Exception {
        return curl(namespace, "http://" + IMAGE_4 + ":8080/do/" + what).strip();
    }

    @Test
    @Order(1)
    void pagesOverBothVersions() throws Exception {
        for (String namespace : List.of(near(), far())) {
            assertEquals("hello\n", curl(namespace, "http://" + IMAGE_4 + ":8080/"));
            assertEquals("hello\n", curl(namespace, "http://" + IMAGE_6 + ":8080/"));
        }
    }

    @Test
    @Order(2)
    void pingsAreAnswered() throws Exception {
        for (String address : List.of(IMAGE_4, "fd77::2")) {
            for (String size : List.of("56", "1400", "8000")) {
                String said = Namespaces.in(near(), "ping", "-q", "-c", "10", "-i", "0.02", "-W", "5", "-s", size, address);
                assertTrue(said.contains(" 0% packet loss"), said);
            }
        }
        for (String address : List.of(IMAGE_4, "fd77::2")) {
            String said = Namespaces.in(far(), "ping", "-q", "-c", "10", "-i", "0.02", "-W", "5", address);
            assertTrue(said.contains(" 0% packet loss"), said);
        }
    }

    @Test
    @Order(3)
    void largeBodiesArriveAsTheyWere() throws Exception {
        String expected = TapPeer.hashOfBody(large());
        Path body = Files.write(directory.resolve("body"), TapPeer.body(large()));
        assertEquals(expected, curl(near(), "--data-binary", "@" + body, "-H", "Expect:", "http://" + IMAGE_4 + ":8080/hash").strip());
        assertEquals(expected, curl(near(), "-T", body.toString(), "-H", "Expect:", "http://" + IMAGE_6 + ":8080/hash").strip());
        for (String address : List.of(IMAGE_4, IMAGE_6)) {
            Path got = directory.resolve("got");
            curl(near(), "-o", got.toString(), "http://" + address + ":8080/bytes/" + large());
            try (InputStream in = Files.newInputStream(got)) {
                assertEquals(expected, TapPeer.hash(in), address);
            }
        }
    }

    @Test
    @Order(4)
    void largeBodiesOfTheImagesOwnConnections() throws Exception {
        String expected = TapPeer.hashOfBody(large());
        assertEquals(expected, act(near(), "send/" + NEAR_4 + "/" + TapPeer.SINK + "/" + large()));
        assertEquals(expected, act(near(), "fetch/" + NEAR_4 + "/" + TapPeer.SOURCE + "/" + large()));
    }

    /** The router's network to the far one takes less than the image's: it says so, and the image heeds it. */
    @Test
    @Order(5)
    void aPathThatTakesLess() throws Exception {
        int count = 4 << 20;
        String expected = TapPeer.hashOfBody(count);
        for (String address : List.of(FAR_4, FAR_6)) {
            assertEquals(expected, act(near(), "send/" + address + "/" + TapPeer.SINK + "/" + count));
            assertEquals(expected, act(near(), "fetch/" + address + "/" + TapPeer.SOURCE + "/" + count));
            for (int size : new int[] {1, 1200, 1400, 8000}) {
                assertEquals("back " + size, act(near(), "datagram/" + address + "/" + TapPeer.DATAGRAM_ECHO + "/" + size));
            }
        }
    }

    /** To the echo in the image and back: whole frames, one byte more, and as many fragments as there can be. */
    @Test
    @Order(5)
    void datagramsOfAllSizesComeBack() throws Exception {
        List<String> sizes = List.of("0", "1", "100", "1224", "1452", "1453", "1472", "1473", "2944", "4096", "9000", "20000", "40000", "65506", "65507");
        for (String namespace : List.of(near(), far())) {
            for (String address : List.of(IMAGE_4, "fd77::2")) {
                List<String> words = new ArrayList<>(List.of("datagrams", address, "7"));
                words.addAll(sizes);
                assertEquals("back " + String.join(" ", sizes), Namespaces.in(namespace, peer(words.toArray(String[]::new))).strip(), address);
            }
        }
    }

    @Test
    @Order(6)
    void allRequestsOfManyConnectionsAreAnswered() throws Exception {
        long requests = wrk("-t", "1", "-c", "16", "-d", "3s", "http://" + IMAGE_4 + ":8080/");
        System.out.println(getClass().getSimpleName() + ": " + requests / 3 + " requests a second over TAP, 16 connections");
        wrk("-t", "1", "-c", "64", "-d", "2s", "http://" + IMAGE_6 + ":8080/");
    }

    static long wrk(String namespace, List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of("wrk", "--timeout", "20s"));
        command.addAll(words);
        String said = Namespaces.in(namespace, command.toArray(String[]::new));
        assertFalse(said.contains("Socket errors") || said.contains("Non-2xx"), said);
        Matcher requests = REQUESTS.matcher(said);
        assertTrue(requests.find(), said);
        long count = Long.parseLong(requests.group(1));
        assertTrue(count > 16, said);
        return count;
    }

    long wrk(String... words) throws Exception {
        return wrk(near(), List.of(words));
    }

    @Test
    @Order(7)
    void shortConnectionsInThousandsLeaveNothingBehind() throws Exception {
        int count = large() / (64 << 10) * 4;
        assertEquals("connected " + count, act(near(), "connect/" + NEAR_4 + "/" + TapPeer.BYTE_ECHO + "/" + count));
        assertEquals("answered " + count, Namespaces.in(near(), peer("ask", IMAGE_4, "8080", String.valueOf(count))).strip());
        assertEquals("answered " + count, Namespaces.in(near(), peer("ask", "fd77::2", "8080", String.valueOf(count))).strip());
    }

    /** Last: everything that went to the far network, whole. */
    @Test
    @Order(100)
    void tsharkFindsNothingWrong() throws Exception {
        dump.terminate();
        dump.waitFor();
        Path frames = directory.resolve("far.pcap");
        String all = Namespaces.call(List.of("tshark", "-r", frames.toString(), "-T", "fields", "-e", "_ws.col.Protocol")).text();
        for (String protocol : List.of("TCP", "UDP", "ICMP", "ICMPv6")) {
            assertTrue(all.lines().anyMatch(protocol::equals), "there are frames of " + protocol);
        }
        Namespaces.Said wrong = Namespaces.call(List.of("tshark", "-r", frames.toString(), "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE",
                "-o", "udp.check_checksum:TRUE", "-Y", "_ws.malformed || _ws.expert.severity == error || ip.checksum.status == 0 || tcp.checksum.status == 0 "
                        + "|| udp.checksum.status == 0 || icmp.checksum.status == 0 || icmpv6.checksum.status == 0"));
        assertEquals(0, wrong.code(), wrong.text());
        assertEquals(List.of(), wrong.text().lines().filter(line -> !line.startsWith("Running as user")).toList());
    }
}
