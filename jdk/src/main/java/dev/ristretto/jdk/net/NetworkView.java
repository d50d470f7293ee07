package dev.ristretto.jdk.net;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.config.InterfaceInfo;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.List;

/**
 * What names and interfaces need of the network. Every program reaches the natives of {@link java.net.InetAddress}, because a
 * {@link java.net.URL} looks its host up to compute a hash code; through this interface they do not bring the network, three megabytes, into
 * images of programs that open no socket.
 */
abstract class NetworkView {
    /** What there is in this image; set before {@code main} if the program can open sockets. */
    private static volatile NetworkView present;

    static void set(NetworkView view) {
        present = view;
    }

    /** Returns the network, or null. */
    static NetworkView get() {
        return present;
    }

    /** Returns the failure of a name that nobody can be asked for. */
    static UnknownHostException unknown(String host) {
        return new UnknownHostException(host + ": no network in this image, for the program opens no socket");
    }

    /** Returns the name that this machine was given, or null. */
    abstract String hostName();

    /** Returns the interfaces, once the cards had time to get their addresses. */
    abstract List<InterfaceInfo> interfaces();

    /** Returns the addresses that name servers tell. */
    abstract List<IpAddress> lookUp(String host, boolean ipv4, boolean ipv6) throws UnknownHostException;

    /** Returns the name that name servers tell. */
    abstract String nameOf(IpAddress address) throws UnknownHostException;

    /** See {@link Reachability#test}. */
    abstract boolean isReachable(IpAddress address, int millis, byte[] source, int hops) throws IOException;
}
