package https;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** {@code /} says hello, {@code /echo} sends back what it is sent; each request has a virtual thread. */
final class Server {
    private Server() {
    }

    static void serve(int port) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(Keys.server()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Server::hello);
        server.createContext("/echo", Server::echo);
        server.start();
        System.out.println("Listening on port " + port + " with TLS");
    }

    private static void hello(HttpExchange exchange) throws IOException {
        byte[] body = ("Hello over " + ((HttpsExchange) exchange).getSSLSession().getProtocol() + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static void echo(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            exchange.getRequestBody().transferTo(out);
        }
    }
}
