package dev.ristretto.jdk.net;

import java.io.FileDescriptor;
import java.io.IOException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Reading and writing of datagram sockets. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.DatagramDispatcher")
final class Target_sun_nio_ch_DatagramDispatcher {

    @Substitute
    private static int read0(FileDescriptor fd, long address, int len) throws IOException {
        return DatagramCalls.read(fd, address, len);
    }

    @Substitute
    private static long readv0(FileDescriptor fd, long address, int len) throws IOException {
        return DatagramCalls.readAll(fd, address, len);
    }

    @Substitute
    private static int write0(FileDescriptor fd, long address, int len) throws IOException {
        return DatagramCalls.write(fd, address, len);
    }

    @Substitute
    private static long writev0(FileDescriptor fd, long address, int len) throws IOException {
        return DatagramCalls.writeAll(fd, address, len);
    }

    @Substitute
    private static void dup0(FileDescriptor fd1, FileDescriptor fd2) throws IOException {
        DatagramCalls.duplicate(fd1, fd2);
    }
}
