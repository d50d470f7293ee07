package dev.ristretto.jdk.net;

import java.net.SocketException;
import java.net.UnknownHostException;

/** The failures of an image without a network. */
final class NoNetwork {
    /** The error number for a call that the system does not have, where the JDK wants a number instead of an exception. */
    static final int ENOSYS = 38;
    static final String MESSAGE = "no network in this image";

    private NoNetwork() {
    }

    /** To be thrown where a socket, an interface or a selector is needed. */
    static SocketException failure() {
        return new SocketException(MESSAGE);
    }

    /** To be thrown where a name or an address is looked up. */
    static UnknownHostException unknown(String host) {
        return new UnknownHostException(host + ": " + MESSAGE);
    }
}
