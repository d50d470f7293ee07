package dev.ristretto.launcher.qemu;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Unix-domain socket that waits for QEMU to connect to it, once. The socket's file is deleted as soon as QEMU is there, so that
 * nothing is left behind even if this process is killed.
 */
final class Channel implements AutoCloseable {
    private final Path path;
    private final ServerSocketChannel server;
    private volatile SocketChannel connection;

    Channel(Path path) throws IOException {
        this.path = path;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path), 4);
    }

    /** Words for a QEMU character device of this name that connects here. */
    String option(String id) {
        return "socket,id=" + id + ",path=" + QemuCommand.optionValue(path);
    }

    /** Waits for the connection; for one thread. */
    SocketChannel accept() throws IOException {
        SocketChannel accepted = server.accept();
        connection = accepted;
        Files.deleteIfExists(path);
        return accepted;
    }

    /**
     * Ends the wait of {@link #accept} when no QEMU will come any more. One that came is still accepted first, since connections are
     * accepted in the order in which they were made; after it nobody waits.
     */
    void releaseWaiter() {
        if (connection == null) {
            try (SocketChannel nobody = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
                nobody.shutdownOutput();
            } catch (IOException e) {
                return; // the file is gone: the waiter has its connection
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            if (connection != null) {
                connection.close();
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            return; // closing is all that is left to do with it
        }
    }
}
