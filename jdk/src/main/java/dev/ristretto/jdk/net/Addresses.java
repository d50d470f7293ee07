package dev.ristretto.jdk.net;

import dev.ristretto.network.IpAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses of the stack and of the JDK. */
final class Addresses {
    private Addresses() {
    }

    static IpAddress of(InetAddress address) {
        IpAddress ip = IpAddress.of(address.getAddress());
        return address instanceof Inet6Address six && six.getScopeId() != 0 ? ip.withScope(six.getScopeId()) : ip;
    }

    /** @param address four or sixteen bytes in network order */
    static IpAddress of(byte[] address, int scope) {
        return IpAddress.of(address).withScope(Math.max(0, scope));
    }

    static InetAddress of(IpAddress ip) {
        return of(null, ip);
    }

    static InetAddress of(String host, IpAddress ip) {
        try {
            return ip.scope() == 0 ? InetAddress.getByAddress(host, ip.bytes()) : Inet6Address.getByAddress(host, ip.bytes(), ip.scope());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of neither 4 nor 16 bytes", e);
        }
    }
}
