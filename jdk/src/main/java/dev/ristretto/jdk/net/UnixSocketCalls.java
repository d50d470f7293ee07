package dev.ristretto.jdk.net;

import dev.ristretto.jdk.io.Descriptors;
import dev.ristretto.jdk.io.MachineFiles;
import dev.ristretto.jdk.net.descriptor.UnixSocket;
import dev.ristretto.jdk.net.descriptor.UnixSocketNames;
import dev.ristretto.jdk.net.descriptor.UnixSocketNames.FileId;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.OpenFlags;
import dev.ristretto.storage.vfs.Status;
import dev.ristretto.storage.vfs.Vfs;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/**
 * Unix domain sockets. What stands for one in the file system is an empty regular file, since file systems here have no sockets; it is
 * made and deleted by the same calls.
 */
final class UnixSocketCalls {
    /** What {@code bind(2)} creates, before the umask has its say. */
    private static final int PERMISSIONS = 0777;

    private static final UnixSocketNames NAMES = new UnixSocketNames();

    private UnixSocketCalls() {
    }

    private static UnixSocket socket(FileDescriptor descriptor) throws ErrnoException {
        if (SocketCalls.file(descriptor) instanceof UnixSocket socket) {
            return socket;
        }
        throw Errno.ENOTSOCK.exception();
    }

    static int open() throws SocketException {
        try {
            return Descriptors.table().add(new UnixSocket(NAMES));
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static void bind(FileDescriptor descriptor, byte[] path) throws SocketException {
        try {
            UnixSocket socket = socket(descriptor);
            if (socket.path().length > 0) {
                throw Errno.EINVAL.exception();
            }
            socket.bind(path, create(path));
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    private static FileId create(byte[] path) throws ErrnoException {
        Vfs vfs = MachineFiles.vfs();
        try {
            int file = Descriptors.table().add(vfs.open(vfs.workingDirectory(), text(path),
                    OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL, PERMISSIONS));
            try {
                return id(Descriptors.get(file).status());
            } finally {
                Descriptors.table().close(file);
            }
        } catch (ErrnoException e) {
            throw e.errno() == Errno.EEXIST ? Errno.EADDRINUSE.exception() : e;
        }
    }

    private static String text(byte[] path) {
        return new String(path, StandardCharsets.UTF_8);
    }

    private static FileId id(Status status) {
        return new FileId(status.device(), status.attributes().number());
    }

    static int connect(FileDescriptor descriptor, byte[] path) throws SocketException {
        try {
            Vfs vfs = MachineFiles.vfs();
            socket(descriptor).connect(id(vfs.status(vfs.workingDirectory(), text(path), true)));
            return 1;
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    static int accept(FileDescriptor descriptor, FileDescriptor accepted, Object[] peerPath) throws SocketException {
        try {
            UnixSocket connection = socket(descriptor).accept();
            SocketCalls.setNumber(accepted, Descriptors.table().add(connection));
            peerPath[0] = connection.peerPath();
            return 1;
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case EAGAIN -> SocketCalls.UNAVAILABLE;
                case EINTR -> SocketCalls.INTERRUPTED;
                default -> throw SocketFailures.socket(e);
            };
        }
    }

    static byte[] localAddress(FileDescriptor descriptor) throws IOException {
        try {
            return socket(descriptor).path();
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }
}
