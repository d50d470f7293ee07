package dev.ristretto.launcher.network;

import dev.ristretto.launcher.LaunchException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux says of its TAP devices, without rights. Reads files when asked; no state.
 *
 * @param interfaces the folder with one folder for each network device, {@code /sys/class/net}
 * @param tun        what attaching to a TAP device needs, {@code /dev/net/tun}
 * @param user       the number of the user who wants to attach
 */
record TapFacts(Path interfaces, Path tun, int user) {
    private static final int USUAL_MTU = 1500;
    private static final int IFF_UP = 1;
    private static final int IFF_MULTI_QUEUE = 0x100;
    private static final int ROOT = 0;

    /** Those of this host, for this process. */
    static TapFacts ofThisHost() {
        int user;
        try {
            user = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException e) {
            user = ROOT; // then Linux says itself what it refuses
        }
        return new TapFacts(Path.of("/sys/class/net"), Path.of("/dev/net/tun"), user);
    }

    /**
     * Objects to a device that cannot be attached to.
     *
     * @throws LaunchException one sentence, and what to do
     */
    void check(String device) throws LaunchException {
        String make = "ip tuntap add " + device + " mode tap user $USER && ip link set " + device + " up";
        if (!Files.exists(interfaces.resolve(device))) {
            throw new LaunchException("There is no network device " + device, "Make one: " + make);
        }
        if (!Files.exists(interfaces.resolve(device).resolve("tun_flags"))) {
            throw new LaunchException("The network device " + device + " is not a TAP device", "Make one: " + make.replace(device, "tap0"));
        }
        if (!Files.isWritable(tun)) {
            throw new LaunchException(tun + " is missing or may not be used", "TAP devices need it: load the module tun, or use --net user.");
        }
        if ((number(device, "tun_flags", 0) & IFF_MULTI_QUEUE) != 0) {
            throw new LaunchException("The TAP device " + device + " has many queues", "Make one with a single queue: " + make.replace(device, "tap0"));
        }
        int owner = number(device, "owner", -1);
        if (owner >= 0 && owner != user && user != ROOT) {
            throw new LaunchException("The TAP device " + device + " belongs to another user (number " + owner + ")", "Make one for yourself: " + make.replace(device, "tap0"));
        }
        if (isUp(device) && number(device, "carrier", 0) == 1) {
            throw new LaunchException("The TAP device " + device + " is in use by another program", "End that, or make one for each: " + make.replace(device, "tap1"));
        }
    }

    /** True unless the device is known to be down, so that it takes no frames. */
    boolean isUp(String device) {
        return (number(device, "flags", IFF_UP) & IFF_UP) != 0;
    }

    /** Bytes of the largest IP packet. */
    int mtu(String device) {
        return number(device, "mtu", USUAL_MTU);
    }

    /**
     * An Ethernet address for an image behind it: that of its other end is random, so the last three bytes of it differ from those behind
     * other devices, and are the same as long as the device exists. Null if that is not known.
     */
    String mac(String device) {
        String address = text(device, "address");
        return address.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}") ? "52:54:00" + address.substring(8) : null;
    }

    /** A number that stands in a file, decimal or behind 0x, or {@code otherwise}. */
    private int number(String device, String file, int otherwise) {
        try {
            return Integer.decode(text(device, file));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private String text(String device, String file) {
        try {
            return Files.readString(interfaces.resolve(device).resolve(file)).strip();
        } catch (IOException e) {
            return ""; // some files cannot be read while a device is down
        }
    }
}
