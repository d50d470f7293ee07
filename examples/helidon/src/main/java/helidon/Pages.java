package helidon;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;

/** {@code /} says hello, {@code /echo} sends back what it is sent, {@code /large} is a million bytes; there is nothing else. */
final class Pages implements HttpService {
    private static final int LARGE = 1_000_000;

    private final AtomicLong requests = new AtomicLong();

    @Override
    public void routing(HttpRules rules) {
        rules.get("/", this::hello).post("/echo", Pages::echo).get("/large", (request, response) -> response.send(new byte[LARGE]));
    }

    private void hello(ServerRequest request, ServerResponse response) {
        response.send("Hello from Helidon over HTTP/" + request.prologue().protocolVersion() + ", request " + requests.incrementAndGet() + " in a "
                + (Thread.currentThread().isVirtual() ? "virtual" : "platform") + " thread\n");
    }

    private static void echo(ServerRequest request, ServerResponse response) {
        try (OutputStream out = response.outputStream()) {
            request.content().inputStream().transferTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
