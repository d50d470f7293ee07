package http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A web server with the JDK's own classes: a virtual thread for each request. The first argument is the port, 8080 without one. */
public final class Http {
    private static final AtomicLong REQUESTS = new AtomicLong();

    private Http() {
    }

    public static void main(String[] args) throws IOException {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Http::hello);
        server.createContext("/echo", Http::echo);
        server.start();
        printAddresses(port);
    }

    private static void hello(HttpExchange exchange) throws IOException {
        String text = "Hello from " + Thread.currentThread() + ", request " + REQUESTS.incrementAndGet() + " on Java "
            + System.getProperty("java.version") + "\n";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    /** Sends back what it is sent. */
    private static void echo(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            exchange.getRequestBody().transferTo(out);
        }
    }

    private static void printAddresses(int port) throws IOException {
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(card.getInetAddresses())) {
                if (!card.isLoopback() && !address.isLinkLocalAddress()) {
                    String host = address instanceof Inet6Address ? "[" + address.getHostAddress().split("%")[0] + "]" : address.getHostAddress();
                    System.out.println("In its own network: http://" + host + ":" + port + "/");
                }
            }
        }
        System.out.println("Listening on port " + port);
    }
}
