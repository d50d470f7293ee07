package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attaching to a TAP device: what cannot be had is said in a sentence, what is had is all that the sandbox leaves, and its network configures the image. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TapDeviceIT {
    /** What a shell reports of a process that Linux killed for a system call: 128 + SIGSYS. */
    private static final int KILLED_BY_FILTER = 128 + 31;
    /** Of the program, when the call returned. */
    private static final int SURVIVED = 2;

    private final Namespaces net = new Namespaces();

    @BeforeAll
    void make() throws Exception {
        Namespaces.require(getClass());
        net.make(1400, 1400);
        Namespaces.in(net.near, "ip", "tuntap", "add", "dev", "roots", "mode", "tap", "user", "0");
    }

    @AfterAll
    void remove() throws Exception {
        net.close();
    }

    private RunningExample byHand(String network, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "RISTRETTO_OPTIONS=ristretto.net=" + network));
        command.addAll(List.of(words));
        return Namespaces.start(net.near, command.toArray(String[]::new));
    }

    private RunningExample launch(String machine, List<String> options, String... program) throws Exception {
        List<String> command = new ArrayList<>(Checkout.commandLine());
        command.addAll(List.of("run", TestImage.get().toString(), "--on", machine));
        command.addAll(options);
        command.add("--");
        command.addAll(List.of(program));
        return Namespaces.start(net.near, command.toArray(String[]::new));
    }

    private static void assertRefused(RunningExample started, String sentence) throws InterruptedException {
        try (started) {
            assertEquals(125, started.waitFor(), () -> started.said().toString());
            assertTrue(started.said().getFirst().startsWith("ristretto: " + sentence), () -> started.said().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nosuch0, there is no network device nosuch0; make it: ip tuntap add NAME mode tap",
        "lo, the network device lo is no TAP device that one program alone may use",
        "0123456789abcdef, the name of the TAP device in ristretto.net= is longer than the 15 bytes"})
    void theImageSaysWhatItCannotAttachTo(String device, String sentence) throws Exception {
        assertRefused(byHand("tap:" + device, TestImage.get().toString(), "lan"), sentence);
    }

    /** Where everybody may open /dev/net/tun it is the device that is not theirs. */
    @Test
    void theImageSaysThatItMayNot() throws Exception {
        try (RunningExample started = byHand("tap:roots", "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", TestImage.get().toString(), "lan")) {
            assertEquals(125, started.waitFor());
            assertTrue(List.of("ristretto: /dev/net/tun, which TAP devices need, may not be opened by this user; let it, or use the launcher's --net user.",
                    "ristretto: the TAP device roots belongs to another user; make it for this one: ip tuntap add NAME mode tap user USER")
                    .contains(started.said().getFirst()), () -> started.said().toString());
        }
    }

    @Test
    void theImageSaysThatItIsInUse() throws Exception {
        try (RunningExample first = byHand("tap:roots", TestImage.get().toString(), "wait-for-power-button")) {
            first.await("waiting");
            assertRefused(byHand("tap:roots", TestImage.get().toString(), "lan"), "the TAP device roots is in use by another program");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"process", "qemu"})
    void theLauncherSaysItBefore(String machine) throws Exception {
        assertRefused(launch(machine, List.of("--net", "tap=nosuch0"), "lan"), "There is no network device nosuch0");
        assertRefused(launch(machine, List.of("--net", "tap=far"), "lan"), "The network device far is not a TAP device");
    }

    @Test
    void framesOfAProcessAreForOthersToWrite() throws Exception {
        assertRefused(launch("process", List.of("--net", "tap=tap0", "--pcap", "x.pcap"), "lan"), "The frames of a process on a TAP device do not pass by the launcher");
    }

    /** The device is down: said before, and by the image when it wants to send. Up, it works. */
    @Test
    void aDeviceThatIsDown() throws Exception {
        try (RunningExample started = launch("process", List.of("--net", "tap=roots", "--system", "ip=10.79.0.2/24"), "lan")) {
            started.await("ristretto: the TAP device roots is down, so nothing reaches the image; type: ip link set roots up");
            started.await("ristretto: eth0: the TAP device takes no frames; is it down? (ip link set NAME up)");
            Namespaces.in(net.near, "ip", "link", "set", "roots", "up");
            Namespaces.in(net.near, "ip", "addr", "add", "10.79.0.1/24", "dev", "roots");
            assertEquals("hello\n", Namespaces.in(net.near, "curl", "-sS", "--max-time", "60", "http://10.79.0.2:8080/"));
            started.await("ristretto: eth0: the TAP device takes frames again");
            Namespaces.in(net.near, "ip", "addr", "del", "10.79.0.1/24", "dev", "roots");
            Namespaces.in(net.near, "ip", "link", "set", "roots", "down");
        }
    }

    /** Descriptor 3 is the TAP device. */
    @ParameterizedTest
    @ValueSource(strings = {
        "16 3 0x400454CA memory # ioctl: TUNSETIFF, another device",
        "16 3 0x8914 memory # ioctl: SIOCSIFFLAGS",
        "41 2 3 0 # socket",
        "2 memory 2 # open",
        "72 3 4 0 # fcntl",
        "20 3 memory 1 # writev",
        "0 4 memory 16 # read of another descriptor",
        "1 4 memory 16 # write to another"})
    void theSandboxLeavesFramesAlone(String call) throws Exception {
        assertEquals(KILLED_BY_FILTER, systemCall(call.substring(0, call.indexOf(" #"))).waitFor());
    }

    @Test
    void framesAreReadAndWritten() throws Exception {
        for (String call : List.of("0 3 memory 64", "1 3 memory 64")) {
            RunningExample ended = systemCall(call);
            assertEquals(SURVIVED, ended.waitFor(), () -> ended.said().toString());
            assertTrue(ended.said().contains("survived"), () -> ended.said().toString());
        }
    }

    private RunningExample systemCall(String call) throws Exception {
        List<String> words = new ArrayList<>(List.of(TestImage.get().toString(), "system-call"));
        words.addAll(List.of(call.split(" ")));
        return byHand("tap:tap0", words.toArray(String[]::new));
    }

    /** A server for DHCP and a router that announces itself, as in a home; the MTU is the device's. */
    @ParameterizedTest
    @ValueSource(strings = {"process", "qemu"})
    void itsNetworkConfiguresTheImage(String machine, @TempDir Path directory) throws Exception {
        RunningExample router = Namespaces.start(net.near, "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file=", "--user=root", "--port=0",
                "--interface=tap0", "--bind-dynamic", "--no-ping", "--dhcp-leasefile=" + directory.resolve("leases"), "--log-facility=-",
                "--dhcp-range=10.77.0.50,10.77.0.60,1h", "--enable-ra", "--dhcp-range=::,constructor:tap0,ra-only,64", "--ra-param=tap0,mtu:1400,4");
        try (router; RunningExample started = launch(machine, List.of("--net", "tap=tap0"), "lan")) {
            started.await("ready");
            Matcher lease = Pattern.compile("eth0 mtu 1400 (10\\.77\\.0\\.(?:5\\d|60))").matcher(String.join("\n", started.said()));
            assertTrue(lease.find(), () -> started.said().toString() + router.said());
            String url = "http://" + lease.group(1) + ":8080";
            Pattern global = Pattern.compile("eth0 mtu 1400 (fd77:[0-9a-f:]+)");
            String addresses = Namespaces.in(net.near, "curl", "-sS", "--max-time", "60", url + "/addresses");
            for (int i = 0; i < 50 && !global.matcher(addresses).find(); i++) {
                Thread.sleep(200); // routers may take half a second and more to answer (RFC 4861 §6.2.6)
                addresses = Namespaces.in(net.near, "curl", "-sS", "--max-time", "60", url + "/addresses");
            }
            Matcher address = global.matcher(addresses);
            assertTrue(address.find(), addresses + router.said());
            assertEquals("hello\n", Namespaces.in(net.near, "curl", "-sS", "-g", "--max-time", "60", "http://[" + address.group(1) + "]:8080/"));
        }
    }
}
