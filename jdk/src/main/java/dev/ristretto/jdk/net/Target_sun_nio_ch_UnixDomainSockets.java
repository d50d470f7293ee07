package dev.ristretto.jdk.net;

import java.io.FileDescriptor;
import java.io.IOException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Unix domain sockets, within the image. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.UnixDomainSockets")
final class Target_sun_nio_ch_UnixDomainSockets {

    @Substitute
    private static byte[] localAddress0(FileDescriptor fd) throws IOException {
        return UnixSocketCalls.localAddress(fd);
    }

    @Substitute
    private static boolean init() {
        return true;
    }

    @Substitute
    private static int socket0() throws IOException {
        return UnixSocketCalls.open();
    }

    @Substitute
    private static void bind0(FileDescriptor fd, byte[] path) throws IOException {
        UnixSocketCalls.bind(fd, path);
    }

    @Substitute
    private static int connect0(FileDescriptor fd, byte[] path) throws IOException {
        return UnixSocketCalls.connect(fd, path);
    }

    @Substitute
    private static int accept0(FileDescriptor fd, FileDescriptor newfd, Object[] array) throws IOException {
        return UnixSocketCalls.accept(fd, newfd, array);
    }
}
