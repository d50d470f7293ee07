package dev.ristretto.systemtests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Networks of a test's own: one of Linux's network namespaces with a TAP device, which is a router, and one behind it. Nothing else on this
 * host sees them, and {@link #close} removes them with all that runs in them.
 *
 * <pre>
 *   image  10.77.0.2, fd77::2 -- tap0 of the near namespace: 10.77.0.1, fd77::1 -- far namespace: 10.78.0.2, fd78::2
 * </pre>
 */
final class Namespaces implements AutoCloseable {
    static final String TAP = "tap0";
    private static final List<String> TOOLS = List.of("ip", "curl", "ethtool", "ping", "wrk", "tcpdump", "tshark", "dnsmasq", "nft");
    private static final long LIMIT_SECONDS = 180;

    final String near = "ristretto-" + Long.toString(ProcessHandle.current().pid(), 36) + "-" + Long.toString(System.nanoTime() & 0xFFFFF, 36);
    final String far = near + "-far";

    /** What a command said, both streams together. */
    record Said(int code, String text) {
    }

    /** Why a test cannot have such networks here, or null if it can. */
    private static String whyNot() throws Exception {
        for (String tool : TOOLS) {
            if (call(List.of("sh", "-c", "command -v " + tool)).code() != 0) {
                return "the program " + tool + " is missing; .ci/run installs it";
            }
        }
        if (!Files.isWritable(Path.of("/dev/net/tun"))) {
            return "/dev/net/tun may not be opened";
        }
        try (Namespaces trial = new Namespaces()) {
            Said made = call(List.of("ip", "netns", "add", trial.near));
            return made.code() == 0 ? null : "network namespaces cannot be made: " + made.text().strip();
        }
    }

    /** Skips a class of tests where such networks cannot be had, and says so on standard output. */
    static void require(Class<?> tests) throws Exception {
        String whyNot = whyNot();
        if (whyNot != null) {
            System.out.println("SKIPPED: " + tests.getSimpleName() + ", which needs networks of its own: " + whyNot);
            Assumptions.abort(whyNot);
        }
    }

    /** Makes both, with a router that takes no more than {@code farMtu} bytes to the far one. */
    void make(int tapMtu, int farMtu) throws Exception {
        run("ip netns add " + near);
        run("ip netns add " + far);
        run("ip -n " + near + " link set lo up");
        run("ip -n " + far + " link set lo up");
        run("ip -n " + near + " tuntap add dev " + TAP + " mode tap");
        run("ip -n " + near + " link set " + TAP + " mtu " + tapMtu + " up");
        run("ip -n " + near + " addr add 10.77.0.1/24 dev " + TAP);
        run("ip -n " + near + " addr add fd77::1/64 dev " + TAP + " nodad");
        run("ip link add far netns " + near + " type veth peer name near netns " + far);
        run("ip -n " + near + " addr add 10.78.0.1/24 dev far");
        run("ip -n " + near + " addr add fd78::1/64 dev far nodad");
        run("ip -n " + far + " addr add 10.78.0.2/24 dev near");
        run("ip -n " + far + " addr add fd78::2/64 dev near nodad");
        run("ip -n " + near + " link set far up");
        run("ip -n " + far + " link set near up");
        // of the route alone: a pair of devices with different MTUs drops what is too long without a word
        run("ip -n " + near + " route replace 10.78.0.0/24 dev far src 10.78.0.1 mtu lock " + farMtu);
        run("ip -n " + near + " -6 route add fd78::/64 dev far metric 100 mtu lock " + farMtu);
        run("ip -n " + far + " route add default via 10.78.0.1");
        run("ip -n " + far + " route add default via fd78::1");
        in(near, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding");
    }

    /** The command that runs another in a namespace. */
    static List<String> command(String namespace, List<String> words) {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        command.addAll(words);
        return command;
    }

    /** Runs a command in a namespace, which must succeed; what it said. */
    static String in(String namespace, String... words) throws Exception {
        List<String> command = command(namespace, List.of(words));
        Said said = call(command);
        Assertions.assertEquals(0, said.code(), () -> String.join(" ", command) + ":\n" + said.text());
        return said.text();
    }

    /** Starts a command in a namespace. */
    static RunningExample start(String namespace, String... words) throws IOException {
        return RunningExample.start(command(namespace, List.of(words)));
    }

    /** Runs a command, which must succeed. */
    static void run(String line) throws Exception {
        Said said = call(List.of(line.split(" ")));
        Assertions.assertEquals(0, said.code(), () -> line + ":\n" + said.text());
    }

    static Said call(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        Thread watchdog = Thread.ofPlatform().daemon().start(() -> {
            try {
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                return; // it has ended
            }
        });
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        watchdog.interrupt();
        return new Said(code, text);
    }

    /** Ends what still runs in them, and removes them. */
    @Override
    public void close() throws IOException, InterruptedException {
        for (String namespace : List.of(far, near)) {
            if (Files.exists(Path.of("/run/netns", namespace))) {
                for (String pid : call(List.of("ip", "netns", "pids", namespace)).text().split("\\s+")) {
                    if (!pid.isEmpty()) {
                        call(List.of("kill", "-9", pid));
                    }
                }
                call(List.of("ip", "netns", "del", namespace));
            }
        }
    }
}
