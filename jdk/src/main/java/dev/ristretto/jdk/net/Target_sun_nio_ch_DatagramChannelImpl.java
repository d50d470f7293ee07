package dev.ristretto.jdk.net;

import java.io.FileDescriptor;
import java.io.IOException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Sending and receiving of datagrams. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.DatagramChannelImpl")
final class Target_sun_nio_ch_DatagramChannelImpl {

    @Substitute
    private static void disconnect0(FileDescriptor fd, boolean isIPv6) throws IOException {
        DatagramCalls.disconnect(fd);
    }

    @Substitute
    private static int receive0(FileDescriptor fd, long address, int len, long senderAddress, boolean connected) throws IOException {
        return DatagramCalls.receive(fd, address, len, senderAddress, connected);
    }

    @Substitute
    private static int send0(FileDescriptor fd, long address, int len, long targetAddress, int targetAddressLen) throws IOException {
        return DatagramCalls.send(fd, address, len, targetAddress);
    }
}
