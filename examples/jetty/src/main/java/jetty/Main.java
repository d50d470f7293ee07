package jetty;

import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * Jetty's core server, without servlets; each request is handled in a virtual thread. {@code ./ristretto run -p 8080:8080 examples/jetty},
 * and then {@code curl http://localhost:8080/}, {@code curl --http2 …}, {@code curl --http2-prior-knowledge …}.
 *
 * <p>The argument is the port, if other than 8080.
 */
public final class Main {
    /** Jetty's own threads, which accept, select and then hand over. */
    private static final int OWN_THREADS = 8;

    private Main() {
    }

    public static void main(String[] args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        QueuedThreadPool threads = new QueuedThreadPool(OWN_THREADS);
        threads.setVirtualThreadsExecutor(new VirtualThreadPool());
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new Pages());
        server.setStopAtShutdown(true);
        server.start();
        System.out.println("Listening on port " + port + ": HTTP/1.1 and HTTP/2");
        server.join();
    }
}
