package helidon;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.websocket.WsRouting;

/**
 * Helidon SE, whose web server has a virtual thread for each connection. {@code ./ristretto run -p 8080:8080 examples/helidon}, and then
 * {@code curl http://localhost:8080/}, {@code curl --http2-prior-knowledge …}; a WebSocket client at {@code ws://localhost:8080/chat}
 * gets what it sends.
 *
 * <p>The argument is the port, if other than 8080.
 */
public final class Main {
    private Main() {
    }

    public static void main(String[] args) {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        WebServer server = WebServer.builder().port(port)
                .addRouting(HttpRouting.builder().register(new Pages()))
                .addRouting(WsRouting.builder().endpoint("/chat", Echo::new))
                .build().start();
        System.out.println("Listening on port " + server.port() + ": HTTP/1.1, HTTP/2 and WebSockets");
    }
}
