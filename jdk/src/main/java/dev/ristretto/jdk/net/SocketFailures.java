package dev.ristretto.jdk.net;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;

/** Turns errors of sockets into the exceptions that the JDK's natives throw on Linux ({@code handleSocketError} in {@code Net.c}). */
final class SocketFailures {
    private SocketFailures() {
    }

    static SocketException socket(ErrnoException e) {
        String message = e.errno().message();
        return switch (e.errno()) {
            case ECONNREFUSED, ETIMEDOUT, ENOTCONN -> new ConnectException(message);
            case EHOSTUNREACH -> new NoRouteToHostException(message);
            case EADDRINUSE, EADDRNOTAVAIL, EACCES, EPERM -> new BindException(message);
            case ENETUNREACH -> new SocketException(unreachable());
            default -> new SocketException(message);
        };
    }

    /** Says why, where it is not for a route that is missing. */
    static String unreachable() {
        String reason = MachineNetwork.whyIsolated();
        return reason == null ? Errno.ENETUNREACH.message() : Errno.ENETUNREACH.message() + " (" + reason + ")";
    }
}
