package dev.ristretto.launcher;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of the image that this host answers for.
 *
 * @param hostAddress IPv4 address of this host, {@code 0.0.0.0} for all of its addresses
 * @param hostPort 1 to 65535
 * @param port of the image, 1 to 65535
 * @param udp whether it is one of UDP, else of TCP
 */
public record PublishedPort(String hostAddress, int hostPort, int port, boolean udp) {
    private static final Pattern FORM = Pattern.compile("(?:(\\d{1,3}(?:\\.\\d{1,3}){3}):)?(\\d{1,5})(?::(\\d{1,5}))?(?:/(tcp|udp))?");
    private static final String LOOPBACK = "127.0.0.1";

    public PublishedPort {
        if (hostPort < 1 || hostPort > 65535 || port < 1 || port > 65535) {
            throw new IllegalArgumentException("ports go from 1 to 65535");
        }
    }

    /**
     * Reads {@code 8080}, {@code 8080:80}, {@code 0.0.0.0:8080:80} or {@code 5353:53/udp}; without an address only this host itself can
     * connect.
     *
     * @throws IllegalArgumentException if it is none of those
     */
    public static PublishedPort parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no port; say 8080:80 (of this host, of the image), with an address before it if "
                    + "others shall connect, as in 0.0.0.0:8080:80, or with /udp after it");
        }
        int hostPort = Integer.parseInt(matcher.group(2));
        int port = matcher.group(3) == null ? hostPort : Integer.parseInt(matcher.group(3));
        return new PublishedPort(matcher.group(1) == null ? LOOPBACK : matcher.group(1), hostPort, port, "udp".equals(matcher.group(4)));
    }

    /** What QEMU's user network is told. */
    String forward() {
        return "hostfwd=" + (udp ? "udp" : "tcp") + ":" + hostAddress + ":" + hostPort + "-:" + port;
    }
}
