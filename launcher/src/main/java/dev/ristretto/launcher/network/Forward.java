package dev.ristretto.launcher.network;

/**
 * A port of this host whose connections go to the image.
 *
 * @param hostAddress address to listen on, such as {@code 127.0.0.1}
 * @param hostPort    1 to 65535
 * @param guestPort   1 to 65535
 * @param udp         datagrams rather than connections
 */
public record Forward(String hostAddress, int hostPort, int guestPort, boolean udp) {
    private static final String USUAL_ADDRESS = "127.0.0.1";

    /**
     * Reads {@code HOSTPORT:GUESTPORT} or {@code PORT}, with {@code /udp} or {@code /tcp} behind it or not, and with {@code ADDRESS:} of
     * this host before it or not; without, only this host itself can connect.
     *
     * @throws IllegalArgumentException with a sentence for the user if it is not such
     */
    public static Forward parse(String text) {
        String ports = text.endsWith("/udp") || text.endsWith("/tcp") ? text.substring(0, text.length() - 4) : text;
        String[] parts = ports.split(":", -1);
        if (parts.length > 3 || parts.length == 3 && !parts[0].matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) {
            throw wrong(text);
        }
        int guest = port(parts[parts.length - 1], text);
        int host = parts.length == 1 ? guest : port(parts[parts.length - 2], text);
        return new Forward(parts.length == 3 ? parts[0] : USUAL_ADDRESS, host, guest, text.endsWith("/udp"));
    }

    private static int port(String digits, String text) {
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > 65535) {
            throw wrong(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("'" + text + "' is no port to forward; as in 8080:80, 5353:53/udp or 0.0.0.0:8080:80");
    }

    /** Where users reach it: an address to open in a browser, or address and port. */
    public String address() {
        String host = hostAddress.equals(USUAL_ADDRESS) || hostAddress.equals("0.0.0.0") ? "localhost" : hostAddress;
        return udp ? host + ":" + hostPort + "/udp" : (guestPort == 443 || guestPort == 8443 ? "https://" : "http://") + host + ":" + hostPort;
    }

    /** QEMU's {@code hostfwd} rule. */
    String rule() {
        return (udp ? "udp" : "tcp") + ":" + hostAddress + ":" + hostPort + "-:" + guestPort;
    }
}
