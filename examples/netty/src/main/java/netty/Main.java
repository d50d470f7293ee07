package netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/**
 * Netty's servers on its NIO transport. {@code ./ristretto run -p 8080:8080 examples/netty}, and then
 * {@code curl http://localhost:8080/}, {@code curl --http2 …}, {@code curl --http2-prior-knowledge …}; a chat at
 * {@code ws://localhost:8080/chat} sends what one says to all.
 *
 * <p>With a key there is TLS as well, HTTP/1.1 or HTTP/2 as the client likes:
 * {@code ./ristretto run -p 8443:8443 --env KEYSTORE=$(base64 -w0 server.p12) --env KEYSTORE_PASSWORD=changeit examples/netty}.
 * The arguments are the two ports, if other than 8080 and 8443.
 */
public final class Main {
    private Main() {
    }

    public static void main(String[] args) throws Exception {
        int port = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
        int tlsPort = args.length > 1 ? Integer.parseInt(args[1]) : 8443;
        EventLoopGroup acceptors = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        EventLoopGroup workers = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        listen(acceptors, workers, port, new Cleartext());
        System.out.println("Listening on port " + port + ": HTTP/1.1, HTTP/2, and a chat at /chat");
        if (System.getenv("KEYSTORE") != null) {
            listen(acceptors, workers, tlsPort, new Tls(Keys.ofEnvironment()));
            System.out.println("Listening on port " + tlsPort + " with TLS");
        }
        System.out.println("Ready");
    }

    private static void listen(EventLoopGroup acceptors, EventLoopGroup workers, int port, ChannelHandler handler) throws InterruptedException {
        new ServerBootstrap().group(acceptors, workers).channel(NioServerSocketChannel.class).childHandler(handler).bind(port).sync();
    }
}
