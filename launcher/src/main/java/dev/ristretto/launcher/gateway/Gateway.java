package dev.ristretto.launcher.gateway;

import dev.ristretto.launcher.network.Forward;
import dev.ristretto.launcher.process.ImageSocket;
import dev.ristretto.network.NetworkException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A network for one image that runs as a process: listens at a Unix socket in a directory of its own, which nobody else may enter, and
 * serves the one that connects, until it ends. Needs no rights. Methods may be called from any thread.
 */
public final class Gateway implements AutoCloseable {
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");

    private final ImageSocket socket;
    private final GatewayLoop loop;
    private final Selector selector;
    private final List<TcpForward> tcp = new ArrayList<>();
    private final List<UdpForward> udp = new ArrayList<>();
    private final FileChannel pcap;
    private final Consumer<String> notices;
    private final Thread thread;
    private volatile boolean closed;

    private Gateway(Path parent, List<Forward> forwards, Path pcapFile, Path resolver, Consumer<String> notices) throws IOException {
        this.notices = notices;
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            for (Forward forward : forwards) {
                if (forward.udp()) {
                    UdpForward bound = new UdpForward(forward);
                    opened.add(bound::close);
                    udp.add(bound);
                } else {
                    TcpForward bound = new TcpForward(forward);
                    opened.add(bound::close);
                    tcp.add(bound);
                }
            }
            pcap = pcapFile == null ? null : FileChannel.open(pcapFile, StandardOpenOption.WRITE, StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING);
            if (pcap != null) {
                opened.add(pcap);
            }
            socket = ImageSocket.open(parent, "net");
            opened.add(socket);
            selector = Selector.open();
            opened.add(selector);
        } catch (IOException | RuntimeException e) {
            opened.forEach(Gateway::closeQuietly);
            throw e;
        }
        loop = new GatewayLoop(selector, new Addresses(resolver), tcp, udp, pcap == null ? null : this::write);
        thread = Thread.ofPlatform().daemon().name("ristretto-gateway").unstarted(this::run);
    }

    /**
     * Opens one: ports of the host are bound when this returns, and somebody may connect.
     *
     * @param parent   a directory whose path is short and has no white space in it
     * @param forwards ports of the host that lead to the image
     * @param pcap     file that all frames are written to, or null
     * @param notices  takes a sentence for the user when something fails; called from any thread
     * @throws IOException if a port or a file cannot be had
     */
    public static Gateway open(Path parent, List<Forward> forwards, Path pcap, Consumer<String> notices) throws IOException {
        return open(parent, forwards, pcap, RESOLVER, notices);
    }

    /** @param resolver in place of the host's {@code /etc/resolv.conf} */
    static Gateway open(Path parent, List<Forward> forwards, Path pcap, Path resolver, Consumer<String> notices) throws IOException {
        Gateway gateway = new Gateway(parent, forwards, pcap, resolver, notices);
        gateway.thread.start();
        return gateway;
    }

    /** Where the image has to connect. */
    public Path socket() {
        return socket.path();
    }

    private void run() {
        try {
            loop.prepare();
            SocketChannel image = socket.accept();
            image.configureBlocking(false);
            loop.plugIn(image);
            loop.run();
        } catch (IOException | NetworkException | RuntimeException e) {
            if (!closed) {
                notices.accept("the network's gateway failed (" + e + "); the image goes on without a network");
            }
        } finally {
            loop.close();
            closeQuietly(selector);
            closeQuietly(pcap);
        }
    }

    private void write(ByteBuffer record) {
        try {
            while (record.hasRemaining()) {
                pcap.write(record);
            }
        } catch (IOException e) {
            return; // no room on the disk: that shows
        }
    }

    private static void closeQuietly(AutoCloseable what) {
        if (what != null) {
            try {
                what.close();
            } catch (Exception e) {
                return; // it is gone all the same
            }
        }
    }

    /** Ends it: the image's link goes down, connections end, ports are free. */
    @Override
    public void close() {
        closed = true;
        loop.stop();
        socket.close();
        tcp.forEach(forward -> closeQuietly(forward::close));
        udp.forEach(forward -> closeQuietly(forward::close));
    }
}
