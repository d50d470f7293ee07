package dev.ristretto.jdk.net;

import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The natives below stream and datagram sockets. No socket is ever made, so that the others are not reached. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.Net")
final class Target_sun_nio_ch_Net {

    @Substitute
    private static boolean isIPv6Available0() {
        return false;
    }

    @Substitute
    private static boolean isReusePortAvailable0() {
        return false;
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
        return false;
    }

    @Substitute
    private static boolean canJoin6WithIPv4Group0() {
        return false;
    }

    @Substitute
    private static boolean canUseIPv6OptionsWithIPv4LocalAddress0() {
        return false;
    }

    @Substitute
    private static int socket0(boolean preferIPv6, boolean stream, boolean reuse, boolean fastLoopback) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static void bind0(FileDescriptor fd, boolean preferIPv6, boolean useExclBind, InetAddress addr, int port) throws
                    IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    static void listen(FileDescriptor fd, int backlog) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static int connect0(boolean preferIPv6, FileDescriptor fd, InetAddress remote, int remotePort) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    public static int accept(FileDescriptor fd, FileDescriptor newfd, InetSocketAddress[] isaa) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    static void shutdown(FileDescriptor fd, int how) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static int localPort(FileDescriptor fd) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static InetAddress localInetAddress(FileDescriptor fd) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static int remotePort(FileDescriptor fd) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static InetAddress remoteInetAddress(FileDescriptor fd) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static int getIntOption0(FileDescriptor fd, boolean mayNeedConversion, int level, int opt) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static void setIntOption0(FileDescriptor fd, boolean mayNeedConversion, int level, int opt, int arg, boolean isIPv6)
                    throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    static int poll(FileDescriptor fd, int events, long timeout) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    public static boolean pollConnect(FileDescriptor fd, long timeout) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    static int available(FileDescriptor fd) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    static int sendOOB(FileDescriptor fd, byte data) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static int joinOrDrop4(boolean join, FileDescriptor fd, int group, int interf, int source) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static int blockOrUnblock4(boolean block, FileDescriptor fd, int group, int interf, int source) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    private static int joinOrDrop6(boolean join, FileDescriptor fd, byte[] group, int index, byte[] source) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    static int blockOrUnblock6(boolean block, FileDescriptor fd, byte[] group, int index, byte[] source) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    static void setInterface4(FileDescriptor fd, int interf) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    static int getInterface4(FileDescriptor fd) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    static void setInterface6(FileDescriptor fd, int index) throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    static int getInterface6(FileDescriptor fd) throws IOException {
        throw NoNetwork.failure();
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
