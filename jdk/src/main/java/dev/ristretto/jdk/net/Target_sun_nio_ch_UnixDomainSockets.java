package dev.ristretto.jdk.net;

import java.io.FileDescriptor;
import java.io.IOException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Unix domain sockets, which the image does not have either. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.UnixDomainSockets")
final class Target_sun_nio_ch_UnixDomainSockets {

    @Substitute
    private static byte[] localAddress0(FileDescriptor fd) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static boolean init() {
        return false;
    }

    @Substitute
    private static int socket0() throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static void bind0(FileDescriptor fd, byte[] path) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static int connect0(FileDescriptor fd, byte[] path) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static int accept0(FileDescriptor fd, FileDescriptor newfd, Object[] array) throws IOException {
        throw NoNetwork.failure();
    }
}
