package dev.ristretto.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A second, narrow way between the router and the far network of {@link Namespaces}, which some packets take by chance, in both directions: those that follow on the
 * straight way overtake them, and where the narrow one's queue is full they are lost. Others come twice. That is what {@code netem} does in kernels that have it.
 */
final class Detour implements AutoCloseable {
    private static final String MARK = "7";
    private static final int IN_A_HUNDRED = 3;
    private static final Pattern COUNTED = Pattern.compile("counter packets (\\d+)");

    private final Namespaces net;

    /** Opens it, with the MTU of the straight way. */
    Detour(Namespaces net, int mtu) throws Exception {
        this.net = net;
        Namespaces.run("ip link add detour netns " + net.near + " type veth peer name detour netns " + net.far);
        open(net.near, "10.79.0.1", "fd79::1", "10.78.0.0/24 via 10.79.0.2", "fd78::/64 via fd79::2", " mtu lock " + mtu);
        open(net.far, "10.79.0.2", "fd79::2", "10.77.0.0/24 via 10.79.0.1", "fd77::/64 via fd79::1", "");
        Namespaces.in(net.near, "nft", marks("filter hook prerouting", "10.78.0.0/24", "fd78::/64")
                + twice("ip", "10.77.0.2", "10.78.0.2") + twice("ip6", "fd77::2", "fd78::2"));
        Namespaces.in(net.far, "nft", marks("route hook output", "10.77.0.0/24", "fd77::/64"));
    }

    private static void open(String namespace, String v4, String v6, String routeV4, String routeV6, String mtu) throws Exception {
        String ip = "ip -n " + namespace + " ";
        Namespaces.run(ip + "addr add " + v4 + "/24 dev detour");
        Namespaces.run(ip + "addr add " + v6 + "/64 dev detour nodad");
        Namespaces.run(ip + "link set detour up");
        Namespaces.run(ip + "route add " + routeV4 + " dev detour" + mtu + " table " + MARK);
        Namespaces.run(ip + "-6 route add " + routeV6 + " dev detour" + mtu + " table " + MARK);
        Namespaces.run(ip + "rule add fwmark " + MARK + " table " + MARK);
        Namespaces.run(ip + "-6 rule add fwmark " + MARK + " table " + MARK);
        // a packet of 1300 bytes takes half a millisecond, and some twenty may wait
        Namespaces.in(namespace, "tc", "qdisc", "add", "dev", "detour", "root", "tbf", "rate", "20mbit", "burst", "4k", "limit", "30k");
        // answers to what came by the one way go out by the other
        Namespaces.in(namespace, "sh", "-c", "for i in /proc/sys/net/ipv4/conf/*/rp_filter; do echo 0 > $i; done");
    }

    private static String chance() {
        return " numgen random mod 100 < " + IN_A_HUNDRED + " counter ";
    }

    private static String marks(String hook, String v4, String v6) {
        return "table inet detour {\n chain marks {\n type " + hook + " priority mangle;\n ip daddr " + v4 + chance() + "meta mark set " + MARK
                + "\n ip6 daddr " + v6 + chance() + "meta mark set " + MARK + "\n }\n}\n";
    }

    private static String twice(String family, String image, String far) {
        return "table " + family + " twice {\n chain copies {\n type filter hook forward priority filter;\n " + family + " daddr " + image + chance() + "dup to "
                + image + " device \"" + Namespaces.TAP + "\"\n " + family + " daddr " + far + chance() + "dup to " + far + " device \"far\"\n }\n}\n";
    }

    /** Fails if there is a rule that no packet has met. */
    void assertUsed() throws Exception {
        for (String namespace : List.of(net.near, net.far)) {
            Matcher counted = COUNTED.matcher(Namespaces.in(namespace, "nft", "list ruleset"));
            int rules = 0;
            while (counted.find()) {
                assertTrue(Long.parseLong(counted.group(1)) > 0, counted.group());
                rules++;
            }
            assertEquals(namespace.equals(net.near) ? 6 : 2, rules);
        }
    }

    @Override
    public void close() throws Exception {
        Namespaces.in(net.near, "nft", "flush ruleset");
        Namespaces.in(net.far, "nft", "flush ruleset");
        for (String version : List.of("-4", "-6")) {
            Namespaces.run("ip -n " + net.near + " " + version + " rule del fwmark " + MARK);
            Namespaces.run("ip -n " + net.far + " " + version + " rule del fwmark " + MARK);
        }
        Namespaces.run("ip -n " + net.near + " link del detour");
    }
}
