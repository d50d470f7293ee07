package dev.ristretto.imagetests.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ristretto.jdk.net.NetworkUsage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.concurrent.Executors;

/**
 * A machine on a network, for a test at another machine there: a web server that gives and takes large bodies, an echo of datagrams, and a
 * client that does what a request tells it to. Replies are plain text.
 */
final class Lan {
    private static final int HTTP_PORT = 8080;
    private static final int ECHO_PORT = 7;
    private static final int USAGE_PORT = 8;
    private static final int PIECE = 1 << 16;
    private static final int PATIENCE_MILLIS = 20_000;

    private Lan() {
    }

    /** Serves until it is ended. */
    static void run(String[] args) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(HTTP_PORT), 1000);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> answer(exchange, "hello\n"));
        server.createContext("/bytes/", Lan::give);
        server.createContext("/hash", exchange -> answer(exchange, hash(exchange.getRequestBody()) + "\n"));
        server.createContext("/addresses", exchange -> answer(exchange, addresses()));
        server.createContext("/do/", exchange -> answer(exchange, act(exchange.getRequestURI().getPath().substring("/do/".length()).split("/")) + "\n"));
        server.start();
        DatagramSocket echo = new DatagramSocket(ECHO_PORT);
        Thread.ofVirtual().start(() -> echo(echo));
        DatagramSocket usage = new DatagramSocket(USAGE_PORT);
        Thread.ofVirtual().start(() -> tellUsage(usage));
        System.out.print(addresses());
        System.out.println("ready");
    }

    /** A line for each address that this machine has now. */
    private static String addresses() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(card.getInetAddresses())) {
                lines.append(card.getName() + " mtu " + card.getMTU() + " " + address.getHostAddress() + "\n");
            }
        }
        return lines.toString();
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** As many bytes as the path says. */
    private static void give(HttpExchange exchange) throws IOException {
        long count = Long.parseLong(exchange.getRequestURI().getPath().substring("/bytes/".length()));
        exchange.sendResponseHeaders(200, count);
        try (OutputStream out = exchange.getResponseBody()) {
            write(out, count);
        }
    }

    /** Byte i of a body is that of i in a simple generator, so that both ends know it: see the test's peer. */
    private static void write(OutputStream out, long count) throws IOException {
        byte[] piece = new byte[PIECE];
        int state = 1;
        for (long done = 0; done < count; done += piece.length) {
            for (int i = 0; i < piece.length; i++) {
                state = state * 1_103_515_245 + 12_345;
                piece[i] = (byte) (state >>> 16);
            }
            out.write(piece, 0, (int) Math.min(piece.length, count - done));
        }
    }

    private static String hash(InputStream in) throws IOException {
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

    /** What goes wrong is the answer. */
    private static String act(String[] words) {
        try {
            InetSocketAddress peer = new InetSocketAddress(words[1], Integer.parseInt(words[2]));
            return switch (words[0]) {
                case "send" -> send(peer, Long.parseLong(words[3]));
                case "fetch" -> fetch(peer, Long.parseLong(words[3]));
                case "connect" -> connect(peer, Integer.parseInt(words[3]));
                case "datagram" -> datagram(peer, Integer.parseInt(words[3]));
                default -> "what? " + words[0];
            };
        } catch (IOException | RuntimeException e) {
            return "failed: " + e;
        }
    }

    /** Sends a body and returns what the peer says of it. */
    private static String send(InetSocketAddress peer, long count) throws IOException {
        try (Socket socket = open(peer)) {
            write(socket.getOutputStream(), count);
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /** Asks the peer for a body, and says what it is. */
    private static String fetch(InetSocketAddress peer, long count) throws IOException {
        try (Socket socket = open(peer)) {
            socket.getOutputStream().write((count + "\n").getBytes(StandardCharsets.US_ASCII));
            return hash(socket.getInputStream());
        }
    }

    /** One connection after another, with a byte to and fro on each. */
    private static String connect(InetSocketAddress peer, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (Socket socket = open(peer)) {
                socket.getOutputStream().write(i);
                int back = socket.getInputStream().read();
                if (back != (i & 0xFF)) {
                    return "connection " + i + " brought " + back;
                }
            }
        }
        return "connected " + count;
    }

    private static Socket open(InetSocketAddress peer) throws IOException {
        Socket socket = new Socket();
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(peer, PATIENCE_MILLIS);
        return socket;
    }

    /** A datagram to an echo and back; again if one gets lost, as one does until the path's MTU is known. */
    private static String datagram(InetSocketAddress peer, int size) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(1000);
            byte[] data = new byte[size];
            for (int attempt = 1; attempt <= 5; attempt++) {
                data[0] = (byte) attempt;
                socket.send(new DatagramPacket(data, size, peer));
                DatagramPacket back = new DatagramPacket(new byte[size + 1], size + 1);
                try {
                    socket.receive(back);
                    return "back " + back.getLength();
                } catch (IOException e) {
                    continue; // nothing came
                }
            }
            return "nothing came back";
        }
    }

    /** Answers each datagram with what the network holds: whoever asks by TCP would be part of the answer. */
    private static void tellUsage(DatagramSocket socket) {
        byte[] data = new byte[1];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(data, data.length);
                socket.receive(packet);
                packet.setData((NetworkUsage.now() + " " + NetworkUsage.cardPackets()).getBytes(StandardCharsets.US_ASCII));
                socket.send(packet);
            }
        } catch (IOException e) {
            System.out.println("the usage ends: " + e);
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
            System.out.println("the echo ends: " + e);
        }
    }
}
