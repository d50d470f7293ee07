package dev.ristretto.systemtests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The other machine of {@link TapIT}, on Linux's own TCP/IP: a program of its own, since it runs in a network namespace. What it serves is
 * what the program {@code lan} of the test image asks for.
 */
final class TapPeer {
    static final int SINK = 9000;
    static final int SOURCE = 9001;
    static final int BYTE_ECHO = 9002;
    static final int DATAGRAM_ECHO = 9003;

    private static final int PIECE = 1 << 16;
    private static final int ASKERS = 8;
    private static final int PATIENCE_MILLIS = 20_000;

    private interface Service {
        void serve(Socket socket) throws IOException;
    }

    private TapPeer() {
    }

    /**
     * Serves until it is ended, and says so when it is ready; or, as a client, {@code ask HOST PORT COUNT}, {@code visit HOST PORT COUNT},
     * {@code datagrams HOST PORT SIZE...} or {@code usage HOST PORT}.
     */
    public static void main(String[] args) throws Exception {
        switch (args.length == 0 ? "serve" : args[0]) {
            case "ask" -> all("answered ", Integer.parseInt(args[3]), number -> ask(args[1], Integer.parseInt(args[2])));
            case "visit" -> all("visited ", Integer.parseInt(args[3]), number -> visit(args[1], Integer.parseInt(args[2]), number));
            case "datagrams" -> System.out.println(TapDatagrams.echoed(new InetSocketAddress(args[1], Integer.parseInt(args[2])),
                    Arrays.stream(args).skip(3).mapToInt(Integer::parseInt).toArray()));
            case "usage" -> System.out.println(new String(TapDatagrams.answer(new InetSocketAddress(args[1], Integer.parseInt(args[2])), new byte[1]),
                    StandardCharsets.US_ASCII));
            default -> serve();
        }
    }

    private static void serve() throws IOException {
        listen(SINK, socket -> socket.getOutputStream().write(hash(socket.getInputStream()).getBytes(StandardCharsets.US_ASCII)));
        listen(SOURCE, TapPeer::give);
        listen(BYTE_ECHO, TapPeer::echo);
        DatagramSocket datagrams = new DatagramSocket(DATAGRAM_ECHO);
        Thread.ofVirtual().start(() -> echo(datagrams));
        System.out.println("ready");
        while (System.in.read() >= 0) {
            continue; // until whoever started it is gone
        }
        System.exit(0);
    }

    /** Work for one connection. */
    private interface Client {
        void connect(int number) throws IOException;
    }

    /** So many connections, some at a time, and a word about it. Fails if one does. */
    private static void all(String done, int count, Client client) throws Exception {
        AtomicInteger left = new AtomicInteger(count);
        try (ExecutorService askers = Executors.newFixedThreadPool(ASKERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < ASKERS; i++) {
                all.add(askers.submit(() -> {
                    for (int number = left.getAndDecrement(); number > 0; number = left.getAndDecrement()) {
                        client.connect(number);
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        System.out.println(done + count);
    }

    /** A visit to a web server, which ends in one of four ways: it closes first; the visitor does, after an answer or at once; the visitor breaks off. */
    private static void visit(String host, int port, int number) throws IOException {
        if (number % 4 == 0) {
            ask(host, port);
            return;
        }
        try (Socket socket = new Socket(host, port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            if (number % 4 == 1) {
                return;
            }
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: image\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            if (number % 4 == 2) {
                StringBuilder answer = new StringBuilder();
                while (answer.indexOf("\r\n\r\nhello\n") < 0) {
                    int read = socket.getInputStream().read();
                    if (read < 0) {
                        throw new IOException("the answer is: " + answer);
                    }
                    answer.append((char) read);
                }
            } else {
                socket.setSoLinger(true, 0); // its end is a reset
            }
        }
    }

    private static void ask(String host, int port) throws IOException {
        try (Socket socket = new Socket(host, port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!answer.startsWith("HTTP/1.1 200") || !answer.endsWith("hello\n")) {
                throw new IOException("the answer is: " + answer);
            }
        }
    }

    private static void listen(int port, Service service) throws IOException {
        ServerSocket server = new ServerSocket(port, 1000);
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                try {
                    Socket socket = server.accept();
                    Thread.ofVirtual().start(() -> serve(socket, service));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    private static void serve(Socket socket, Service service) {
        try (socket) {
            service.serve(socket);
        } catch (IOException e) {
            System.out.println("port " + socket.getLocalPort() + ": " + e);
        }
    }

    private static void give(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read(); c >= '0'; c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        OutputStream out = socket.getOutputStream();
        byte[] body = body(Integer.parseInt(line.toString()));
        for (int at = 0; at < body.length; at += PIECE) {
            out.write(body, at, Math.min(PIECE, body.length - at));
        }
    }

    private static void echo(Socket socket) throws IOException {
        for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
            socket.getOutputStream().write(c);
        }
    }

    private static void echo(DatagramSocket socket) {
        byte[] data = new byte[PIECE];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(data, data.length);
                socket.receive(packet);
                socket.send(packet);
            }
        } catch (IOException e) {
            System.out.println("datagrams: " + e);
        }
    }

    /** The first bytes of what the test image calls a body: each piece of 64 KiB goes on where the generator is. */
    static byte[] body(int count) {
        byte[] body = new byte[count];
        int state = 1;
        for (int i = 0; i < count; i++) {
            state = state * 1_103_515_245 + 12_345;
            body[i] = (byte) (state >>> 16);
        }
        return body;
    }

    /** How many bytes there are, and their SHA-256. */
    static String hash(InputStream in) throws IOException {
        try {
            DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            byte[] piece = new byte[PIECE];
            long count = 0;
            for (int length = digest.read(piece); length >= 0; length = digest.read(piece)) {
                count += length;
            }
            return count + " " + HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    /** The hash of a body of that length. */
    static String hashOfBody(int count) {
        try {
            return count + " " + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body(count)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
