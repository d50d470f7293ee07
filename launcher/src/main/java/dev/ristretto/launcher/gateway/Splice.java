package dev.ristretto.launcher.gateway;

import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.Readiness;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.socket.TcpSocket;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * Two connections made one: the image's in the gateway's stack, and one of the host's. Each side is read only when the other takes what is
 * read, so the slower one sets the pace. The end of a stream is passed on as such, so that the other direction may go on; a reset as a
 * reset.
 */
final class Splice {
    /** Pieces carried in each direction before others get their turn. */
    private static final int TURNS = 16;
    /** Of the stack's buffers for each direction, at least. */
    private static final int BUFFER = 1 << 20;

    private final GatewayLoop loop;
    private final TcpSocket image;
    private final SocketChannel host;
    private final Runnable ended;
    /** Read from the image, not yet taken by the host; null if nothing. And the other way. */
    private ByteBuffer toHost;
    private ByteBuffer toImage;
    private boolean imageEnded;
    private boolean hostEnded;
    private boolean isConnecting;
    private boolean isQueued;
    private boolean isOver;
    private SelectionKey key;

    /** @param ended called once, when both connections have been given up */
    Splice(GatewayLoop loop, TcpSocket image, SocketChannel host, Runnable ended) {
        this.loop = loop;
        this.image = image;
        this.host = host;
        this.ended = ended;
    }

    /** Begins, with the image's side still connecting or not. */
    void begin() throws IOException {
        key = loop.register(host, 0, ready -> carry());
        try {
            image.setOption(SocketOption.NO_DELAY, 1);
            image.setOption(SocketOption.SEND_BUFFER, BUFFER);
            image.setOption(SocketOption.RECEIVE_BUFFER, BUFFER);
        } catch (NetworkException e) {
            resetHost();
            return;
        }
        isConnecting = (image.readiness() & Readiness.WRITABLE) == 0;
        image.setListener(this::queue);
        carry();
    }

    private void queue() {
        if (!isQueued && !isOver) {
            isQueued = true;
            loop.later(this::carry);
        }
    }

    private void carry() {
        isQueued = false;
        if (isOver) {
            return;
        }
        try {
            if (isConnecting) {
                if (!image.finishConnect()) {
                    return;
                }
                isConnecting = false;
            }
            boolean more = carryToHost() | carryToImage();
            if (imageEnded && hostEnded && toHost == null && toImage == null) {
                over();
                close();
                image.close();
                return;
            }
            key.interestOps((toHost != null ? SelectionKey.OP_WRITE : 0)
                | (!hostEnded && toImage == null && isWritable() ? SelectionKey.OP_READ : 0));
            if (more) {
                queue();
            }
        } catch (NetworkException e) {
            resetHost();
        } catch (IOException | RuntimeException e) {
            over();
            close();
            image.abort();
        }
    }

    private boolean isWritable() {
        return (image.readiness() & Readiness.WRITABLE) != 0;
    }

    /** Returns whether there may be more to do at once. */
    private boolean carryToHost() throws IOException, NetworkException {
        for (int i = 0; i < TURNS; i++) {
            if (toHost != null) {
                host.write(toHost);
                if (toHost.hasRemaining()) {
                    return false;
                }
                toHost = null;
            }
            if (imageEnded) {
                return false;
            }
            ByteBuffer piece = loop.scratch();
            int read = image.read(piece);
            if (read == Socket.WOULD_BLOCK) {
                return false;
            }
            if (read == Socket.END) {
                imageEnded = true;
                host.shutdownOutput();
                return false;
            }
            host.write(piece.flip());
            toHost = rest(piece);
        }
        return true;
    }

    private boolean carryToImage() throws IOException, NetworkException {
        for (int i = 0; i < TURNS; i++) {
            if (toImage != null) {
                if (image.write(toImage) == Socket.WOULD_BLOCK || toImage.hasRemaining()) {
                    return false;
                }
                toImage = null;
            }
            if (hostEnded || !isWritable()) {
                return false;
            }
            ByteBuffer piece = loop.scratch();
            int read = host.read(piece);
            if (read == 0) {
                return false;
            }
            if (read < 0) {
                hostEnded = true;
                image.shutdownOutput();
                return false;
            }
            boolean wasFull = !piece.hasRemaining();
            image.write(piece.flip());
            toImage = rest(piece);
            if (!wasFull) {
                return false; // that was all, most likely, and if not the selector will tell
            }
        }
        return true;
    }

    private static ByteBuffer rest(ByteBuffer piece) {
        if (!piece.hasRemaining()) {
            return null;
        }
        ByteBuffer rest = ByteBuffer.allocate(piece.remaining());
        return rest.put(piece).flip();
    }

    /** The image's side failed: the host's peer shall see that this is no orderly end. */
    private void resetHost() {
        over();
        try {
            host.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            return; // it is gone
        } finally {
            close();
            image.close();
        }
    }

    private void over() {
        isOver = true;
        image.setListener(null);
        ended.run();
    }

    private void close() {
        try {
            host.close();
        } catch (IOException e) {
            return; // it is gone all the same
        }
    }
}
