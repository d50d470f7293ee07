package dev.ristretto.jdk.net;

import java.io.IOException;
import java.net.InetAddress;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The socket a program may be started with; there is none. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.InheritedChannel")
final class Target_sun_nio_ch_InheritedChannel {

    @Substitute
    private static void initIDs() {
        // Nothing here looks fields up by name.
    }

    @Substitute
    private static int dup(int fd) throws IOException {
        return PollCalls.duplicate(fd);
    }

    @Substitute
    private static void dup2(int fd, int fd2) throws IOException {
        throw new IOException("not a socket");
    }

    @Substitute
    private static int open0(String path, int oflag) throws IOException {
        throw new IOException("not a socket");
    }

    @Substitute
    private static void close0(int fd) throws IOException {
        PollCalls.close(fd);
    }

    @Substitute
    private static int soType0(int fd) {
        return -1;
    }

    @Substitute
    private static int addressFamily(int fd) {
        return -1;
    }

    @Substitute
    private static InetAddress inetPeerAddress0(int fd) {
        return null;
    }

    @Substitute
    private static byte[] unixPeerAddress0(int fd) {
        return null;
    }

    @Substitute
    private static int peerPort0(int fd) {
        return -1;
    }

    @Substitute
    private static boolean isConnected(int fd) {
        return false;
    }
}
