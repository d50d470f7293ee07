package dev.ristretto.launcher.share;

import dev.ristretto.launcher.process.ImageSocket;
import dev.ristretto.storage.host.ninep.FolderServer;
import dev.ristretto.storage.host.ninep.SharedFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Folders for one image that runs as a process: listens at a Unix socket and serves the one that connects, until it ends. Methods may be called
 * from any thread.
 */
public final class FolderService implements AutoCloseable {
    private static final int LENGTH = 4;

    private final ImageSocket socket;
    private final FolderServer server;
    private final Consumer<String> notices;
    private volatile boolean closed;

    private FolderService(ImageSocket socket, FolderServer server, Consumer<String> notices) {
        this.socket = socket;
        this.server = server;
        this.notices = notices;
    }

    /**
     * Opens one: somebody may connect when this returns.
     *
     * @param notices takes a sentence for the user when something fails; called from any thread
     * @throws IOException if a folder cannot be had, or the socket
     */
    public static FolderService open(List<FolderShare> shares, Consumer<String> notices) throws IOException {
        Map<String, SharedFolder> folders = new HashMap<>();
        for (FolderShare share : shares) {
            folders.put(share.tag(), SharedFolder.of(share.folder(), share.readOnly()));
        }
        FolderService service = new FolderService(ImageSocket.open("share"), new FolderServer(folders), notices);
        Thread.ofPlatform().daemon().name("ristretto-share").start(service::run);
        return service;
    }

    /** Where the image has to connect. */
    public Path socket() {
        return socket.path();
    }

    private void run() {
        try (server; SocketChannel image = socket.accept()) {
            serve(image);
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                notices.accept("the server of shared folders failed (" + e + "); their files are an Input/output error from now on");
            }
        }
    }

    private void serve(SocketChannel image) throws IOException {
        byte[] question = new byte[FolderServer.MAXIMUM];
        byte[] answer = new byte[FolderServer.MAXIMUM];
        ByteBuffer in = ByteBuffer.wrap(question).order(ByteOrder.LITTLE_ENDIAN);
        while (read(image, in.clear().limit(LENGTH))) {
            int length = in.getInt(0);
            if (length < LENGTH || length > question.length || !read(image, in.limit(length))) {
                return;
            }
            ByteBuffer out = ByteBuffer.wrap(answer, 0, server.answer(question, length, answer));
            if (!out.hasRemaining()) {
                return; // that was no message, and where the next one begins nobody knows
            }
            while (out.hasRemaining()) {
                image.write(out);
            }
        }
    }

    /** Fills the buffer; false at the end. */
    private static boolean read(SocketChannel image, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (image.read(into) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Ends it. */
    @Override
    public void close() {
        closed = true;
        socket.close();
    }
}
