package dev.ristretto.launcher.network;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of this host whose connections go to the image.
 *
 * @param hostAddress address to listen on, such as {@code 127.0.0.1} or {@code ::1}; {@code ::} takes IPv4 as well
 * @param hostPort    1 to 65535
 * @param guestPort   1 to 65535
 * @param udp         datagrams rather than connections
 */
public record Forward(String hostAddress, int hostPort, int guestPort, boolean udp) {
    private static final String USUAL_ADDRESS = "127.0.0.1";
    private static final Pattern FORM = Pattern.compile("(?:(?<address>[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+]):)?"
            + "(?:(?<host>[0-9]{1,5}):)?(?<guest>[0-9]{1,5})(?:/(?<protocol>tcp|udp))?");

    /**
     * Reads {@code HOSTPORT:GUESTPORT} or {@code PORT}, with {@code /udp} or {@code /tcp} behind it or not, and with {@code ADDRESS:} of
     * this host before it or not, an IPv6 one in brackets; without, only this host itself can connect, by IPv4.
     *
     * @throws IllegalArgumentException with a sentence for the user if it is not such
     */
    public static Forward parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || parts.group("address") != null && parts.group("host") == null) {
            throw wrong(text);
        }
        int guest = port(parts.group("guest"), text);
        int host = parts.group("host") == null ? guest : port(parts.group("host"), text);
        return new Forward(address(parts.group("address"), text), host, guest, "udp".equals(parts.group("protocol")));
    }

    private static String address(String address, String text) {
        if (address == null || address.charAt(0) != '[') {
            return address == null ? USUAL_ADDRESS : address;
        }
        String v6 = address.substring(1, address.length() - 1);
        try {
            if (InetAddress.ofLiteral(v6) instanceof Inet6Address) {
                return v6;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
        throw wrong(text); // an IPv4 address in brackets, or in the form of an IPv6 one
    }

    private static int port(String digits, String text) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw wrong(text);
        }
        return port;
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("'" + text + "' is no port to forward; as in 8080:80, 5353:53/udp, 0.0.0.0:8080:80 or [::1]:8080:80");
    }

    /** Where users reach it: an address to open in a browser, or address and port. */
    public String address() {
        String host = hostAddress.equals(USUAL_ADDRESS) || hostAddress.equals("0.0.0.0") || hostAddress.equals("::") ? "localhost" : bracketed();
        return udp ? host + ":" + hostPort + "/udp" : (guestPort == 443 || guestPort == 8443 ? "https://" : "http://") + host + ":" + hostPort;
    }

    /** Whether the host listens on an IPv6 address. */
    boolean isV6() {
        return hostAddress.indexOf(':') >= 0;
    }

    /** The address as it stands before a port. */
    String bracketed() {
        return isV6() ? "[" + hostAddress + "]" : hostAddress;
    }

    /** QEMU's {@code hostfwd} rule, which can be of IPv4 alone. */
    String rule() {
        return (udp ? "udp" : "tcp") + ":" + hostAddress + ":" + hostPort + "-:" + guestPort;
    }
}
