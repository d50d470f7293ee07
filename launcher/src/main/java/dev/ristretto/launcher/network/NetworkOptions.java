package dev.ristretto.launcher.network;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.Machine;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * An image's network.
 *
 * @param connection what it is connected to
 * @param forwards   ports of this host that lead to it; with others than none, the connection is {@link Connection.User} or what leads there
 * @param mac        the card's address, {@code 52:54:00:...}, or null for QEMU's own choice
 * @param pcap       file that all frames are written to, or null
 */
public record NetworkOptions(Connection connection, List<Forward> forwards, String mac, Path pcap) {
    private static final int USUAL_MTU = 1500;
    private static final String MAC = "[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}";

    /** The image's own wish. */
    public static final NetworkOptions DEFAULT = new NetworkOptions(new Connection.Automatic(), List.of(), null, null);

    /**
     * Objects to what contradicts itself.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public NetworkOptions {
        forwards = List.copyOf(forwards);
        if (mac != null && !mac.matches(MAC)) {
            throw new IllegalArgumentException("'" + mac + "' is no Ethernet address; as in 52:54:00:12:34:56");
        }
        if (mac != null && (Integer.parseInt(mac.substring(0, 2), 16) & 1) != 0) {
            throw new IllegalArgumentException("'" + mac + "' is the address of a group; the first byte of a card's is even");
        }
        if (!forwards.isEmpty() && connection instanceof Connection.Tap) {
            throw new IllegalArgumentException("ports are forwarded by --net user alone; on a TAP device the image has an address of its own");
        }
        if (connection instanceof Connection.None && (!forwards.isEmpty() || mac != null || pcap != null)) {
            throw new IllegalArgumentException("--forward, --mac and --pcap need a network, and --net none asks for none");
        }
    }

    /**
     * The card's address: the one that was asked for; else one that goes with the TAP device, because others on its network want theirs as
     * well; else the one that QEMU gives to its first card.
     */
    public String macOrUsual(Connection resolved) {
        String known = mac == null && resolved instanceof Connection.Tap tap ? TapFacts.ofThisHost().mac(tap.device()) : mac;
        return known != null ? known : "52:54:00:12:34:56";
    }

    /** A sentence for the user about a network that will not carry anything yet, or null. */
    public String notice(Connection resolved) {
        return resolved instanceof Connection.Tap tap && !TapFacts.ofThisHost().isUp(tap.device())
                ? "the TAP device " + tap.device() + " is down, so nothing reaches the image; type: ip link set " + tap.device() + " up" : null;
    }

    /** True if the user asked for a network in any way. */
    public boolean isAskedFor() {
        return !(connection instanceof Connection.Automatic || connection instanceof Connection.None) || !forwards.isEmpty() || mac != null
                || pcap != null;
    }

    /** What the image gets, if it says that it can use a network or not. */
    public Connection resolve(boolean imageWantsNetwork) {
        if (!(connection instanceof Connection.Automatic)) {
            return connection;
        }
        return imageWantsNetwork || isAskedFor() ? new Connection.User() : new Connection.None();
    }

    /**
     * Objects to what this host cannot give.
     *
     * @throws LaunchException one sentence, and what to do
     */
    public void check(Connection resolved) throws LaunchException {
        if (resolved instanceof Connection.Tap tap) {
            TapFacts.ofThisHost().check(tap.device());
        }
        for (Forward forward : forwards) {
            checkFree(forward);
        }
        Path directory = pcap == null ? null : pcap.toAbsolutePath().getParent();
        if (pcap != null && (Files.isDirectory(pcap) || !Files.isWritable(Files.exists(pcap) ? pcap : directory))) {
            throw new LaunchException("Frames cannot be written to " + pcap, "Name a file in a folder that exists and that you may write to.");
        }
    }

    /**
     * Objects to what QEMU's network cannot do.
     *
     * @throws LaunchException one sentence, and what to do
     */
    public void checkForQemu() throws LaunchException {
        for (Forward forward : forwards) {
            if (forward.isV6()) {
                throw new LaunchException("QEMU forwards ports of IPv4 addresses, and " + forward.bracketed() + " is none",
                        "Leave the address out, or say --on process.");
            }
        }
    }

    private static void checkFree(Forward forward) throws LaunchException {
        try {
            InetAddress address = InetAddress.getByName(forward.hostAddress());
            if (forward.udp()) {
                new DatagramSocket(new InetSocketAddress(address, forward.hostPort())).close();
            } else {
                try (ServerSocket socket = new ServerSocket()) {
                    socket.setReuseAddress(true);
                    socket.bind(new InetSocketAddress(address, forward.hostPort()));
                }
            }
        } catch (IOException e) {
            throw new LaunchException("Port " + forward.hostPort() + (forward.udp() ? "/udp" : "") + " of this host cannot be forwarded: "
                    + e.getMessage(), "Choose another: --forward " + (forward.hostPort() < 1024 ? 8080 : forward.hostPort() + 1) + ":"
                    + forward.guestPort() + (forward.udp() ? "/udp" : ""), e);
        }
    }

    /** QEMU's words for it. */
    public List<String> qemuWords(Connection resolved, Machine machine) {
        if (resolved instanceof Connection.None) {
            return List.of();
        }
        StringJoiner netdev = new StringJoiner(",");
        if (resolved instanceof Connection.Tap tap) {
            netdev.add("tap").add("id=net0").add("ifname=" + tap.device()).add("script=no").add("downscript=no");
        } else {
            netdev.add("user").add("id=net0");
            forwards.forEach(forward -> netdev.add("hostfwd=" + forward.rule()));
        }
        StringJoiner device = new StringJoiner(",").add(machine == Machine.MICROVM ? "virtio-net-device" : "virtio-net-pci,romfile=").add("netdev=net0");
        if (mac != null || resolved instanceof Connection.Tap) {
            device.add("mac=" + macOrUsual(resolved));
        }
        int mtu = resolved instanceof Connection.Tap tap ? TapFacts.ofThisHost().mtu(tap.device()) : USUAL_MTU;
        if (mtu != USUAL_MTU) {
            device.add("host_mtu=" + mtu);
        }
        List<String> words = new ArrayList<>(List.of("-netdev", netdev.toString(), "-device", device.toString()));
        if (pcap != null) {
            words.addAll(List.of("-object", "filter-dump,id=pcap0,netdev=net0,file=" + pcap.toString().replace(",", ",,")));
        }
        return words;
    }
}
