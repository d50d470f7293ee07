package dev.ristretto.jdk.net;

import com.oracle.svm.core.SubstrateUtil;
import dev.ristretto.jdk.io.Descriptors;
import dev.ristretto.jdk.io.Failures;
import dev.ristretto.jdk.net.descriptor.Pollable;
import dev.ristretto.jdk.net.descriptor.Readiness;
import dev.ristretto.jdk.net.descriptor.SocketFile;
import dev.ristretto.jdk.net.socket.InetSocketFile;
import dev.ristretto.jdk.net.socket.TcpSocketFile;
import dev.ristretto.jdk.net.socket.UdpSocketFile;
import dev.ristretto.jdk.nio.memory.NativeMemory;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.OpenFile;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import sun.net.ConnectionResetException;

/** What the JDK's socket classes ask of the system; results in the terms of {@code sun.nio.ch.IOStatus}. */
final class SocketCalls {
    /** {@code IOStatus.EOF}. */
    static final int END_OF_STREAM = -1;
    /** {@code IOStatus.UNAVAILABLE}: would have to wait, and must not. */
    static final int UNAVAILABLE = -2;
    /** {@code IOStatus.INTERRUPTED}: closed while it waited. */
    static final int INTERRUPTED = -3;

    private SocketCalls() {
    }

    static int number(FileDescriptor descriptor) {
        return SubstrateUtil.cast(descriptor, Target_java_io_FileDescriptor_net.class).fd;
    }

    static void setNumber(FileDescriptor descriptor, int number) {
        SubstrateUtil.cast(descriptor, Target_java_io_FileDescriptor_net.class).fd = number;
    }

    static OpenFile file(FileDescriptor descriptor) throws ErrnoException {
        return Descriptors.get(number(descriptor));
    }

    static SocketFile socket(FileDescriptor descriptor) throws ErrnoException {
        if (file(descriptor) instanceof SocketFile socket) {
            return socket;
        }
        throw Errno.ENOTSOCK.exception();
    }

    static InetSocketFile inet(FileDescriptor descriptor) throws ErrnoException {
        return inet(number(descriptor));
    }

    static InetSocketFile inet(int descriptor) throws ErrnoException {
        if (Descriptors.get(descriptor) instanceof InetSocketFile socket) {
            return socket;
        }
        throw Errno.ENOTSOCK.exception();
    }

    static UdpSocketFile udp(FileDescriptor descriptor) throws ErrnoException {
        if (file(descriptor) instanceof UdpSocketFile socket) {
            return socket;
        }
        throw Errno.ENOTSOCK.exception();
    }

    /** The failure of a read or a write. */
    static int transferFailure(ErrnoException e) throws IOException {
        return switch (e.errno()) {
            case EAGAIN -> UNAVAILABLE;
            case EINTR -> INTERRUPTED;
            case ENETUNREACH -> throw new IOException(SocketFailures.unreachable());
            default -> throw Failures.io(e);
        };
    }

    static int open(boolean ipv6, boolean stream, boolean reuse) throws SocketException {
        try {
            InetSocketFile file = stream ? TcpSocketFile.open(MachineNetwork.get(), ipv6) : UdpSocketFile.open(MachineNetwork.get(), ipv6);
            int descriptor = Descriptors.table().add(file);
            if (reuse) {
                file.setOption(SocketOption.REUSE_ADDRESS, 1);
            }
            return descriptor;
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    /** @param ipv6 whether the socket is of that family: then all addresses are those of both, whichever wildcard says so, as on Linux */
    static void bind(FileDescriptor descriptor, boolean ipv6, InetAddress address, int port) throws SocketException {
        try {
            IpAddress ip = Addresses.of(address);
            inet(descriptor).bind(ipv6 && ip.isAny() ? IpAddress.ANY_V6 : ip, port);
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static void listen(FileDescriptor descriptor, int backlog) throws SocketException {
        try {
            socket(descriptor).listen(backlog);
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int connect(FileDescriptor descriptor, InetAddress address, int port) throws SocketException {
        IpAddress ip = Addresses.of(address);
        MachineNetwork.awaitWayTo(ip);
        try {
            return inet(descriptor).connect(ip, port) ? 1 : UNAVAILABLE;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EINTR) {
                return INTERRUPTED;
            }
            throw SocketFailures.socket(e);
        }
    }

    static int accept(FileDescriptor descriptor, FileDescriptor accepted, InetSocketAddress[] peer) throws SocketException {
        try {
            if (!(file(descriptor) instanceof TcpSocketFile listener)) {
                throw Errno.EINVAL.exception();
            }
            TcpSocketFile connection = listener.accept();
            // The address first: without descriptor the connection would be lost if this failed.
            peer[0] = new InetSocketAddress(Addresses.of(connection.remoteAddress()), connection.remotePort());
            setNumber(accepted, Descriptors.table().add(connection));
            return 1;
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case EAGAIN -> UNAVAILABLE;
                case EINTR -> INTERRUPTED;
                default -> throw SocketFailures.socket(e);
            };
        }
    }

    static void shutdown(FileDescriptor descriptor, int how) throws SocketException {
        try {
            socket(descriptor).shutdown(how);
        } catch (ErrnoException e) {
            if (e.errno() != Errno.ENOTCONN) {
                throw SocketFailures.socket(e);
            }
        }
    }

    static InetAddress localAddress(FileDescriptor descriptor) throws SocketException {
        try {
            return Addresses.of(inet(descriptor).localAddress());
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int localPort(FileDescriptor descriptor) throws SocketException {
        try {
            return inet(descriptor).localPort();
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static InetAddress remoteAddress(FileDescriptor descriptor) throws SocketException {
        try {
            IpAddress address = inet(descriptor).remoteAddress();
            if (address == null) {
                throw Errno.ENOTCONN.exception();
            }
            return Addresses.of(address);
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int remotePort(FileDescriptor descriptor) throws SocketException {
        try {
            return inet(descriptor).remotePort();
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int option(FileDescriptor descriptor, int level, int name) throws SocketException {
        try {
            return socket(descriptor).option(level, name);
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static void setOption(FileDescriptor descriptor, int level, int name, int value) throws SocketException {
        try {
            socket(descriptor).setOption(level, name, value);
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    /** Options that the JDK knows by descriptor. */
    static int option(int descriptor, SocketOption option) throws SocketException {
        try {
            return inet(descriptor).option(option);
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    /** Options that the JDK knows by descriptor. */
    static void setOption(int descriptor, SocketOption option, int value) throws SocketException {
        try {
            inet(descriptor).setOption(option, value);
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int poll(FileDescriptor descriptor, int events, long millis) throws SocketException {
        try {
            return file(descriptor) instanceof Pollable pollable ? pollable.await(events, millis) : events & (Readiness.IN | Readiness.OUT);
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static boolean pollConnect(FileDescriptor descriptor, long millis) throws SocketException {
        try {
            SocketFile socket = socket(descriptor);
            return socket.await(Readiness.OUT, millis) != 0 && socket.finishConnect();
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static void checkConnect(int descriptor) throws IOException {
        try {
            if (Descriptors.get(descriptor) instanceof SocketFile socket && socket.finishConnect()) {
                return;
            }
            throw Errno.ENOTCONN.exception();
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int available(FileDescriptor descriptor) throws SocketException {
        try {
            return (int) Math.min(Integer.MAX_VALUE, file(descriptor).available());
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int read(FileDescriptor descriptor, long address, int length) throws IOException {
        try {
            int count = file(descriptor).read(NativeMemory.buffer(address, length));
            return count == 0 && length > 0 ? END_OF_STREAM : count;
        } catch (ErrnoException e) {
            return readFailure(e);
        }
    }

    static long readAll(FileDescriptor descriptor, long address, int count) throws IOException {
        try {
            long length = file(descriptor).read(NativeMemory.buffers(address, count));
            return length == 0 ? END_OF_STREAM : length;
        } catch (ErrnoException e) {
            return readFailure(e);
        }
    }

    private static int readFailure(ErrnoException e) throws IOException {
        if (e.errno() == Errno.ECONNRESET) {
            throw new ConnectionResetException("Connection reset");
        }
        return transferFailure(e);
    }

    static int write(FileDescriptor descriptor, long address, int length) throws IOException {
        try {
            return file(descriptor).write(NativeMemory.buffer(address, length));
        } catch (ErrnoException e) {
            return transferFailure(e);
        }
    }

    static long writeAll(FileDescriptor descriptor, long address, int count) throws IOException {
        try {
            return file(descriptor).write(NativeMemory.buffers(address, count));
        } catch (ErrnoException e) {
            return transferFailure(e);
        }
    }
}
