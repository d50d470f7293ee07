package dev.ristretto.bench.guest;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Bytes in one direction, one connection after the other. A client sends a long, highest byte first: a positive count asks for as many bytes, a
 * negative one says how many follow it; when they have all been read they are answered by one byte.
 */
final class Bulk implements Runnable {
    private static final int PIECE = 64 << 10;

    private final int port;

    Bulk(int port) {
        this.port = port;
    }

    @Override
    public void run() {
        byte[] piece = new byte[PIECE];
        try (ServerSocket server = new ServerSocket(port)) {
            while (true) {
                serve(server, piece);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(ServerSocket server, byte[] piece) throws IOException {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            long count = new DataInputStream(in).readLong();
            if (count >= 0) {
                send(out, count, piece);
            } else {
                receive(in, -count, piece);
                out.write(0);
            }
        } catch (EOFException e) {
            System.out.println("a client ended early");
        }
    }

    private static void send(OutputStream out, long count, byte[] piece) throws IOException {
        for (long left = count; left > 0; left -= Math.min(left, piece.length)) {
            out.write(piece, 0, (int) Math.min(left, piece.length));
        }
    }

    private static void receive(InputStream in, long count, byte[] piece) throws IOException {
        for (long left = count; left > 0;) {
            int got = in.read(piece, 0, (int) Math.min(left, piece.length));
            if (got < 0) {
                throw new EOFException();
            }
            left -= got;
        }
    }
}
