package dev.ristretto.jdk.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The one name that resolves without a network. */
final class LocalNames {
    /** The name of the machine and of its loopback address. */
    static final String LOCALHOST = "localhost";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private LocalNames() {
    }

    /**
     * The addresses of a host.
     *
     * @throws UnknownHostException for any name but {@code localhost} and names below it (RFC 6761 §6.3)
     */
    static InetAddress[] lookUp(String host) throws UnknownHostException {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        int start = name.length() - LOCALHOST.length();
        boolean local = start >= 0 && name.regionMatches(true, start, LOCALHOST, 0, LOCALHOST.length())
                        && (start == 0 || name.charAt(start - 1) == '.');
        if (!local) {
            throw NoNetwork.unknown(host);
        }
        return new InetAddress[] {InetAddress.getByAddress(host, LOOPBACK)};
    }

    /**
     * The name of an address.
     *
     * @param address 4 or 16 bytes
     * @throws UnknownHostException if it is not a loopback address
     */
    static String nameOf(byte[] address) throws UnknownHostException {
        InetAddress parsed = InetAddress.getByAddress(address);
        if (!parsed.isLoopbackAddress()) {
            throw NoNetwork.unknown(parsed.getHostAddress());
        }
        return LOCALHOST;
    }
}
