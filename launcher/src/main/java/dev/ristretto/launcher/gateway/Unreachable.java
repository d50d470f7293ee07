package dev.ristretto.launcher.gateway;

import java.net.BindException;
import java.net.NoRouteToHostException;
import java.nio.channels.UnsupportedAddressTypeException;

/** Why a packet of the image's could not be delivered, with the codes of ICMP's "destination unreachable" for it (RFC 792, RFC 4443 §3.1). */
enum Unreachable {
    /** There is no way to the network it is in: what every IPv6 address is to a host without IPv6. */
    NETWORK(0, 0),
    /** The machine does not answer, or is none that can be sent to. */
    HOST(1, 3);

    private final int codeV4;
    private final int codeV6;

    Unreachable(int codeV4, int codeV6) {
        this.codeV4 = codeV4;
        this.codeV6 = codeV6;
    }

    int code(boolean v6) {
        return v6 ? codeV6 : codeV4;
    }

    /** What an error of the host's says; null if that is something else, such as that the port is closed. */
    static Unreachable of(Exception e) {
        String why = String.valueOf(e.getMessage());
        if (e instanceof UnsupportedAddressTypeException || why.contains("Network is unreachable") || why.contains("ddress family not supported")) {
            return NETWORK;
        }
        // "Cannot assign requested address": the host has no address that it could send from.
        return e instanceof NoRouteToHostException || e instanceof BindException || why.contains("unreachable") ? HOST : null;
    }
}
