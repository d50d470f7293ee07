package dev.ristretto.jdk.net;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Network interfaces, of which there are none. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(NetworkInterface.class)
final class Target_java_net_NetworkInterface {

    @Substitute
    private static NetworkInterface[] getAll() throws SocketException {
        return new NetworkInterface[0];
    }

    @Substitute
    private static NetworkInterface getByName0(String name) throws SocketException {
        return null;
    }

    @Substitute
    private static NetworkInterface getByIndex0(int index) throws SocketException {
        return null;
    }

    @Substitute
    private static boolean boundInetAddress0(InetAddress addr) throws SocketException {
        return false;
    }

    @Substitute
    private static NetworkInterface getByInetAddress0(InetAddress addr) throws SocketException {
        return null;
    }

    @Substitute
    private static boolean isUp0(String name, int ind) throws SocketException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static boolean isLoopback0(String name, int ind) throws SocketException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static boolean supportsMulticast0(String name, int ind) throws SocketException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static boolean isP2P0(String name, int ind) throws SocketException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static byte[] getMacAddr0(byte[] inAddr, String name, int ind) throws SocketException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static int getMTU0(String name, int ind) throws SocketException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static void init() {
        // Nothing here looks fields up by name.
    }
}
