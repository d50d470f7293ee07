package dev.ristretto.bench;

import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.network.Connection;
import dev.ristretto.launcher.network.NetworkOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A TAP device with a guest at its other end, in the network namespace that this JVM runs in. */
record Tap(String device, String hostAddress, String guestAddress, String mac) {
    /** As many frames wait for a guest whose driver is not there yet. More of them would be old ones that it has to answer first. */
    private static final int SHORT_QUEUE = 2;
    private static final int USUAL_QUEUE = 1000;

    /** Makes it; the guest's Ethernet address is known without asking, for Linux asks once a second only. */
    static Tap make(int number) throws IOException, InterruptedException {
        Tap tap = new Tap("tap" + number, "10.77." + number + ".1", "10.77." + number + ".2", "52:54:00:77:00:0" + number);
        ip("tuntap", "add", "dev", tap.device, "mode", "tap");
        ip("link", "set", tap.device, "up");
        ip("addr", "add", tap.hostAddress + "/24", "dev", tap.device);
        ip("neigh", "replace", tap.guestAddress, "lladdr", tap.mac, "dev", tap.device, "nud", "permanent");
        return tap;
    }

    /** For measuring starts, when all but the newest connection are of no use. */
    void shortQueue(boolean isShort) throws IOException, InterruptedException {
        ip("link", "set", device, "txqueuelen", String.valueOf(isShort ? SHORT_QUEUE : USUAL_QUEUE));
    }

    /** QEMU's words for the card. */
    List<String> words() {
        Connection connection = new Connection.Tap(device);
        return new NetworkOptions(connection, List.of(), mac, null).qemuWords(connection, Machine.MICROVM);
    }

    private static void ip(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(words));
        command.addFirst("ip");
        Command.run(command, Map.of());
    }
}
