package dev.ristretto.jdk.net;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Network interfaces. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(NetworkInterface.class)
final class Target_java_net_NetworkInterface {
    @Alias
    String displayName;

    @Alias
    java.net.InterfaceAddress[] bindings;

    @Alias
    NetworkInterface[] childs;

    @Alias
    Target_java_net_NetworkInterface(String name, int index, InetAddress[] addrs) {
    }

    @Substitute
    private static NetworkInterface[] getAll() throws SocketException {
        return Interfaces.all();
    }

    @Substitute
    private static NetworkInterface getByName0(String name) throws SocketException {
        return Interfaces.byName(name);
    }

    @Substitute
    private static NetworkInterface getByIndex0(int index) throws SocketException {
        return Interfaces.byIndex(index);
    }

    @Substitute
    private static boolean boundInetAddress0(InetAddress addr) throws SocketException {
        return Interfaces.isBound(addr);
    }

    @Substitute
    private static NetworkInterface getByInetAddress0(InetAddress addr) throws SocketException {
        return Interfaces.byAddress(addr);
    }

    @Substitute
    private static boolean isUp0(String name, int ind) throws SocketException {
        return Interfaces.info(ind).up();
    }

    @Substitute
    private static boolean isLoopback0(String name, int ind) throws SocketException {
        return Interfaces.info(ind).loopback();
    }

    @Substitute
    private static boolean supportsMulticast0(String name, int ind) throws SocketException {
        return Interfaces.info(ind).multicast();
    }

    @Substitute
    private static boolean isP2P0(String name, int ind) throws SocketException {
        return false;
    }

    @Substitute
    private static byte[] getMacAddr0(byte[] inAddr, String name, int ind) throws SocketException {
        return Interfaces.mac(ind);
    }

    @Substitute
    private static int getMTU0(String name, int ind) throws SocketException {
        return Interfaces.info(ind).mtu();
    }

    @Substitute
    private static void init() {
        // Nothing here looks fields up by name.
    }
}
