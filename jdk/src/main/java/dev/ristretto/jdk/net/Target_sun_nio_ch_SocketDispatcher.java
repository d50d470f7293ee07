package dev.ristretto.jdk.net;

import java.io.FileDescriptor;
import java.io.IOException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Reading and writing of stream sockets. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.SocketDispatcher")
final class Target_sun_nio_ch_SocketDispatcher {

    @Substitute
    private static int read0(FileDescriptor fd, long address, int len) throws IOException {
        return SocketCalls.read(fd, address, len);
    }

    @Substitute
    private static long readv0(FileDescriptor fd, long address, int len) throws IOException {
        return SocketCalls.readAll(fd, address, len);
    }

    @Substitute
    private static int write0(FileDescriptor fd, long address, int len) throws IOException {
        return SocketCalls.write(fd, address, len);
    }

    @Substitute
    private static long writev0(FileDescriptor fd, long address, int len) throws IOException {
        return SocketCalls.writeAll(fd, address, len);
    }
}
