package dev.ristretto.launcher.process;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** A Unix socket for one image to connect to, in a directory of its own, which nobody else may enter. Methods may be called from any thread. */
public final class ImageSocket implements AutoCloseable {
    private final Path path;
    private final ServerSocketChannel server;

    private ImageSocket(Path path, ServerSocketChannel server) {
        this.path = path;
        this.server = server;
    }

    /**
     * Listens.
     *
     * @param name the file's, short and without white space
     */
    public static ImageSocket open(String name) throws IOException {
        return open(ImageProcess.temporaryDirectory(), name);
    }

    /** @param parent a directory whose path is short and has no white space in it */
    public static ImageSocket open(Path parent, String name) throws IOException {
        Path path = Files.createTempDirectory(parent, "ristretto").resolve(name); // for its owner alone
        ServerSocketChannel server = null;
        try {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path), 1);
            return new ImageSocket(path, server);
        } catch (IOException | RuntimeException e) {
            if (server != null) {
                server.close();
            }
            remove(path);
            throw e;
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Waits for the image; nobody listens any more and nothing is left behind then. */
    public SocketChannel accept() throws IOException {
        try {
            return server.accept();
        } finally {
            close();
        }
    }

    private static void remove(Path path) {
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(path.getParent());
        } catch (IOException e) {
            return; // an empty directory left behind harms nobody
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            return; // it is gone all the same
        } finally {
            remove(path);
        }
    }
}
