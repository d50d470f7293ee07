package dev.ristretto.jdk.net;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.network.socket.SocketOption;
import java.net.SocketException;

/**
 * Socket options beyond the standard ones, which the base class refuses and a class for each operating system grants: those of Linux but
 * {@code SO_INCOMING_NAPI_ID} and {@code SO_PEERCRED}, which are about Linux's drivers and users.
 */
@SuppressWarnings("static-method")
@TargetClass(className = "jdk.net.ExtendedSocketOptions", innerClass = "PlatformSocketOptions")
final class Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions {

    @Alias
    Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions() {
    }

    @Substitute
    private static Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions create() {
        return new Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions();
    }

    @Substitute
    boolean quickAckSupported() {
        return true;
    }

    @Substitute
    void setQuickAck(int fd, boolean on) throws SocketException {
        SocketCalls.setOption(fd, SocketOption.QUICK_ACK, on ? 1 : 0);
    }

    @Substitute
    boolean getQuickAck(int fd) throws SocketException {
        return SocketCalls.option(fd, SocketOption.QUICK_ACK) != 0;
    }

    @Substitute
    boolean keepAliveOptionsSupported() {
        return true;
    }

    @Substitute
    void setTcpKeepAliveProbes(int fd, int value) throws SocketException {
        SocketCalls.setOption(fd, SocketOption.KEEP_COUNT, value);
    }

    @Substitute
    int getTcpKeepAliveProbes(int fd) throws SocketException {
        return SocketCalls.option(fd, SocketOption.KEEP_COUNT);
    }

    @Substitute
    void setTcpKeepAliveTime(int fd, int value) throws SocketException {
        SocketCalls.setOption(fd, SocketOption.KEEP_IDLE, value);
    }

    @Substitute
    int getTcpKeepAliveTime(int fd) throws SocketException {
        return SocketCalls.option(fd, SocketOption.KEEP_IDLE);
    }

    @Substitute
    void setTcpKeepAliveIntvl(int fd, int value) throws SocketException {
        SocketCalls.setOption(fd, SocketOption.KEEP_INTERVAL, value);
    }

    @Substitute
    int getTcpKeepAliveIntvl(int fd) throws SocketException {
        return SocketCalls.option(fd, SocketOption.KEEP_INTERVAL);
    }

    @Substitute
    boolean ipDontFragmentSupported() {
        return true;
    }

    @Substitute
    void setIpDontFragment(int fd, boolean value, boolean isIPv6) throws SocketException {
        SocketCalls.setOption(fd, SocketOption.DONT_FRAGMENT, value ? 1 : 0);
    }

    @Substitute
    boolean getIpDontFragment(int fd, boolean isIPv6) throws SocketException {
        return SocketCalls.option(fd, SocketOption.DONT_FRAGMENT) != 0;
    }
}
