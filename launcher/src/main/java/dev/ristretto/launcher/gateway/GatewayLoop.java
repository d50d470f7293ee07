package dev.ristretto.launcher.gateway;

import dev.ristretto.network.Network;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.device.stream.StreamDevice;
import dev.ristretto.network.middleware.PcapDevice;
import dev.ristretto.network.stack.Budget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The gateway's one thread: waits for sockets and for the stack's timers, and runs what they have to do. All methods are for that thread,
 * but for those that say otherwise.
 */
final class GatewayLoop {
    /** What a channel's being ready is answered with. */
    interface Handler {
        void ready(SelectionKey key);
    }

    private static final int SCRATCH = 1 << 16;
    private static final int SMALL_PACKETS = 512;
    private static final int LARGE_PACKETS = 32;
    private static final int SMALL = 2048;
    private static final long SWEEP = 5_000_000_000L;
    private static final long PAUSE_MILLIS = 100;
    /** Memory for what is on its way; taken as it is needed. */
    private static final Budget BUDGET = new Budget(1024, 48, 32_768, 2048, 256L << 20, 1 << 20, 2, 64);

    private final Selector selector;
    private final long origin = System.nanoTime() - 1;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private ByteBuffer scratch;
    private Network network;
    private final Addresses addresses;
    private final List<TcpForward> tcpForwards;
    private final List<UdpForward> udpForwards;
    private final Consumer<ByteBuffer> pcap;
    private PacketPool small;
    private PacketPool large;
    private TcpFlows tcp;
    private UdpFlows udp;
    private RouterService router;
    private Translator translator;
    private StreamDevice cable;
    private SelectionKey cableKey;
    private volatile boolean stopped;
    private boolean paused;
    private long nextSweep;

    /** @param pcap takes what is to be written of a file of all frames, or null */
    GatewayLoop(Selector selector, Addresses addresses, List<TcpForward> tcpForwards, List<UdpForward> udpForwards, Consumer<ByteBuffer> pcap) {
        this.selector = selector;
        this.addresses = addresses;
        this.tcpForwards = tcpForwards;
        this.udpForwards = udpForwards;
        this.pcap = pcap;
    }

    /** Makes the stack; on the thread, so that an image is started meanwhile. */
    void prepare() {
        scratch = ByteBuffer.allocateDirect(SCRATCH);
        network = new Network(this::now, new SecureRandom()::nextLong, BUDGET, ByteBuffer::allocateDirect, line -> { }, deadline -> wakeUp());
        small = new PacketPool(ByteBuffer::allocateDirect, SMALL_PACKETS, SMALL);
        large = new PacketPool(ByteBuffer::allocateDirect, LARGE_PACKETS, StreamDevice.LARGEST_FRAME);
    }

    /** Nanoseconds since a moment before all others. Any thread may call. */
    long now() {
        return System.nanoTime() - origin;
    }

    Network network() {
        return network;
    }

    /** A buffer for this moment, empty. */
    ByteBuffer scratch() {
        return scratch.clear();
    }

    /** Runs something soon, but not within what is going on. */
    void later(Runnable task) {
        tasks.add(task);
    }

    /** Has a handler called when a channel is ready. */
    SelectionKey register(SelectableChannel channel, int operations, Handler handler) throws IOException {
        return channel.register(selector, operations, handler);
    }

    void inject(Packet packet) {
        translator.inject(packet);
    }

    /** The host refuses what was tried: does nothing for a moment. */
    void pause() {
        paused = true;
    }

    private void wakeUp() {
        selector.wakeup();
    }

    /** Ends {@link #run}. Any thread may call. */
    void stop() {
        stopped = true;
        selector.wakeup();
    }

    /** Plugs the image in, once all is prepared; the socket does not block. */
    void plugIn(SocketChannel socket) throws IOException, NetworkException {
        ImageHost image = new ImageHost(() -> later(() -> tcpForwards.forEach(TcpForward::imageFound)));
        cable = new StreamDevice(new SocketStream(socket, this::wakeUp), "gateway", small, large, new MacAddress(Addresses.ROUTER_MAC), line -> { });
        NetworkDevice device = pcap == null ? cable : new PcapDevice(cable, GatewayLoop::wallClock, pcap);
        Frames frames = new Frames(small, large, image, cable.mtu());
        frames.cable(device);
        tcp = new TcpFlows(this, addresses, frames);
        udp = new UdpFlows(this, addresses, frames, udpForwards);
        router = new RouterService(image, frames);
        translator = new Translator(device, image, tcp, udp, router);
        network.add(translator, NetworkConfiguration.fixed(List.of(
                new InterfaceAddress(Addresses.ROUTER, Addresses.PREFIX), new InterfaceAddress(Addresses.NAMES, Addresses.PREFIX),
                new InterfaceAddress(Addresses.ROUTER_V6, Addresses.PREFIX_V6), new InterfaceAddress(Addresses.NAMES_V6, Addresses.PREFIX_V6)), List.of()));
        new DhcpService(network, this, image);
        tcp.listen();
        for (TcpForward forward : tcpForwards) {
            forward.begin(this, image);
        }
        for (UdpForward forward : udpForwards) {
            forward.begin(this, frames, image);
        }
        cableKey = register(socket, SelectionKey.OP_READ, key -> { });
    }

    private static long wallClock() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** Serves the image until it is gone, or {@link #stop}. */
    void run() throws IOException {
        while (!stopped && cable.serve()) {
            long now = now();
            if (now >= nextSweep) {
                nextSweep = now + SWEEP;
                tcp.sweep();
                udp.sweep();
            }
            for (int i = tasks.size(); i > 0; i--) {
                tasks.poll().run();
            }
            long next = Math.min(network.advance(now()), Math.min(router.run(now), nextSweep));
            cable.flush();
            cableKey.interestOps(cable.waitsForOutput() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            if (tasks.isEmpty()) {
                selector.select(this::handle, Math.max(1, (next - now() + 999_999) / 1_000_000));
            } else {
                selector.selectNow(this::handle);
            }
            if (paused) {
                paused = false;
                sleep();
            }
        }
    }

    private void handle(SelectionKey key) {
        if (key.isValid()) {
            ((Handler) key.attachment()).ready(key);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends all connections of the host's. */
    void close() {
        if (tcp != null) {
            tcp.close();
            udp.close();
        }
        for (SelectionKey key : selector.keys()) {
            try {
                key.channel().close();
            } catch (IOException e) {
                continue; // it is gone all the same
            }
        }
    }
}
