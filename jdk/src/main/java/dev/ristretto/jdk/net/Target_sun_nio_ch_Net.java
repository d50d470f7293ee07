package dev.ristretto.jdk.net;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.net.SocketException;

/**
 * The natives below stream and datagram sockets. An IPv6 socket speaks IPv4 as well, and its options hold for both, so that the answers
 * to what has to be done twice are "no".
 */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.Net")
final class Target_sun_nio_ch_Net {

    @Substitute
    private static boolean isIPv6Available0() {
        return true;
    }

    @Substitute
    private static boolean isReusePortAvailable0() {
        return true;
    }

    @Substitute
    private static int isExclusiveBindAvailable() {
        return -1;
    }

    @Substitute
    private static boolean shouldShutdownWriteBeforeClose0() {
        return false;
    }

    @Substitute
    private static boolean shouldSetBothIPv4AndIPv6Options0() {
        return false;
    }

    @Substitute
    private static boolean canIPv6SocketJoinIPv4Group0() {
        return true;
    }

    @Substitute
    private static boolean canJoin6WithIPv4Group0() {
        return false;
    }

    @Substitute
    private static boolean canUseIPv6OptionsWithIPv4LocalAddress0() {
        return true;
    }

    @Substitute
    private static int socket0(boolean preferIPv6, boolean stream, boolean reuse, boolean fastLoopback) throws IOException {
        return SocketCalls.open(preferIPv6, stream, reuse);
    }

    @Substitute
    private static void bind0(FileDescriptor fd, boolean preferIPv6, boolean useExclBind, InetAddress addr, int port) throws
                    IOException {
        SocketCalls.bind(fd, preferIPv6, addr, port);
    }

    @Substitute
    static void listen(FileDescriptor fd, int backlog) throws IOException {
        SocketCalls.listen(fd, backlog);
    }

    @Substitute
    private static int connect0(boolean preferIPv6, FileDescriptor fd, InetAddress remote, int remotePort) throws IOException {
        return SocketCalls.connect(fd, remote, remotePort);
    }

    @Substitute
    public static int accept(FileDescriptor fd, FileDescriptor newfd, InetSocketAddress[] isaa) throws IOException {
        return SocketCalls.accept(fd, newfd, isaa);
    }

    @Substitute
    static void shutdown(FileDescriptor fd, int how) throws IOException {
        SocketCalls.shutdown(fd, how);
    }

    @Substitute
    private static int localPort(FileDescriptor fd) throws IOException {
        return SocketCalls.localPort(fd);
    }

    @Substitute
    private static InetAddress localInetAddress(FileDescriptor fd) throws IOException {
        return SocketCalls.localAddress(fd);
    }

    @Substitute
    private static int remotePort(FileDescriptor fd) throws IOException {
        return SocketCalls.remotePort(fd);
    }

    @Substitute
    private static InetAddress remoteInetAddress(FileDescriptor fd) throws IOException {
        return SocketCalls.remoteAddress(fd);
    }

    @Substitute
    private static int getIntOption0(FileDescriptor fd, boolean mayNeedConversion, int level, int opt) throws IOException {
        return SocketCalls.option(fd, level, opt);
    }

    @Substitute
    private static void setIntOption0(FileDescriptor fd, boolean mayNeedConversion, int level, int opt, int arg, boolean isIPv6)
                    throws IOException {
        SocketCalls.setOption(fd, level, opt, arg);
    }

    @Substitute
    static int poll(FileDescriptor fd, int events, long timeout) throws IOException {
        return SocketCalls.poll(fd, events, timeout);
    }

    @Substitute
    public static boolean pollConnect(FileDescriptor fd, long timeout) throws IOException {
        return SocketCalls.pollConnect(fd, timeout);
    }

    @Substitute
    static int available(FileDescriptor fd) throws IOException {
        return SocketCalls.available(fd);
    }

    @Substitute
    static int sendOOB(FileDescriptor fd, byte data) throws IOException {
        throw new SocketException("urgent data cannot be sent: TCP advises against it (RFC 6093)");
    }

    @Substitute
    private static int joinOrDrop4(boolean join, FileDescriptor fd, int group, int interf, int source) throws IOException {
        return DatagramCalls.membership4(join, fd, group, interf, source);
    }

    @Substitute
    private static int blockOrUnblock4(boolean block, FileDescriptor fd, int group, int interf, int source) throws IOException {
        return DatagramCalls.block4(block, fd, group, interf, source);
    }

    @Substitute
    private static int joinOrDrop6(boolean join, FileDescriptor fd, byte[] group, int index, byte[] source) throws IOException {
        return DatagramCalls.membership6(join, fd, group, index, source);
    }

    @Substitute
    static int blockOrUnblock6(boolean block, FileDescriptor fd, byte[] group, int index, byte[] source) throws IOException {
        return DatagramCalls.block6(block, fd, group, index, source);
    }

    @Substitute
    static void setInterface4(FileDescriptor fd, int interf) throws IOException {
        DatagramCalls.setInterface4(fd, interf);
    }

    @Substitute
    static int getInterface4(FileDescriptor fd) throws IOException {
        return DatagramCalls.interface4(fd);
    }

    @Substitute
    static void setInterface6(FileDescriptor fd, int index) throws IOException {
        DatagramCalls.setInterface6(fd, index);
    }

    @Substitute
    static int getInterface6(FileDescriptor fd) throws IOException {
        return DatagramCalls.interface6(fd);
    }

    @Substitute
    private static void initIDs() {
        // Nothing here looks fields up by name.
    }

    @Substitute
    static short pollinValue() {
        return 0x1;
    }

    @Substitute
    static short polloutValue() {
        return 0x4;
    }

    @Substitute
    static short pollerrValue() {
        return 0x8;
    }

    @Substitute
    static short pollhupValue() {
        return 0x10;
    }

    @Substitute
    static short pollnvalValue() {
        return 0x20;
    }

    @Substitute
    static short pollconnValue() {
        return 0x4;
    }
}
