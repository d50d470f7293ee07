package jetty;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /} says hello, {@code /echo} sends back what it is sent, {@code /large} is a million bytes; there is nothing else. */
final class Pages extends Handler.Abstract {
    private static final int LARGE = 1_000_000;

    private final AtomicLong requests = new AtomicLong();

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        switch (Request.getPathInContext(request)) {
            case "/" -> Content.Sink.write(response, true, "Hello from Jetty over " + request.getConnectionMetaData().getHttpVersion().asString()
                    + ", request " + requests.incrementAndGet() + " in a " + (Thread.currentThread().isVirtual() ? "virtual" : "platform")
                    + " thread\n", callback);
            case "/echo" -> Content.copy(request, response, callback);
            case "/large" -> response.write(true, ByteBuffer.allocate(LARGE), callback);
            default -> {
                return false; // Jetty's own 404
            }
        }
        return true;
    }
}
