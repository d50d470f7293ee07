package dev.ristretto.network;

import dev.ristretto.network.config.InterfaceInfo;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.PacketMemory;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Budget;
import dev.ristretto.network.stack.Notices;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.stack.StackLock;
import dev.ristretto.network.stack.Statistics;
import dev.ristretto.network.time.Timers;
import java.util.List;

/**
 * A TCP/IP stack. It has no thread: whoever made it calls {@link #advance} at the times it returns, and devices call their listeners.
 * <pre>
 *     Network network = new Network(System::nanoTime, random::nextLong, Budget.forMemory(64 &lt;&lt; 20), ByteBuffer::allocateDirect, System.err::println, deadline -&gt; unpark(owner));
 *     network.add(card, NetworkConfiguration.AUTOMATIC);
 *     for (;;) {
 *         parkUntil(network.advance(System.nanoTime()));
 *     }
 * </pre>
 * A loopback interface with {@code 127.0.0.1/8} and {@code ::1} is there from the start.
 */
public final class Network {
    private final StackContext context;

    /**
     * Makes a stack without cards. All memory for packets is allocated here.
     *
     * @param memory where packets to be sent come from; a card reads them
     */
    public Network(Clock clock, RandomSource random, Budget budget, PacketMemory memory, Notices notices, WakeUp wakeUp) {
        context = new StackContext(new StackLock(), clock, random, new Timers(), new Statistics(), budget, notices);
    }

    /** Runs what is due at {@code now} and returns when to call again, at the latest; {@link Timers#NEVER} if only when woken. See {@link WakeUp}. */
    public long advance(long now) {
        throw new UnsupportedOperationException();
    }

    /** Adds a card and begins to configure it. Returns the index of its interface. */
    public int add(NetworkDevice device, NetworkConfiguration configuration) {
        throw new UnsupportedOperationException();
    }

    /** Takes a card out: its addresses and routes go, connections over it time out. */
    public void remove(int interfaceIndex) {
        throw new UnsupportedOperationException();
    }

    /** Returns what interfaces there are now, loopback first. */
    public List<InterfaceInfo> interfaces() {
        throw new UnsupportedOperationException();
    }

    /** Returns whether each card that is configured automatically has got an address, and no address waits to be probed: a program can start. */
    public boolean isConfigured() {
        throw new UnsupportedOperationException();
    }

    /** Returns the name servers to ask, in order: fixed ones, then from DHCP and routers. Empty if none is known. */
    public List<IpAddress> nameServers() {
        throw new UnsupportedOperationException();
    }

    /** Returns the domains to try for short names, in order. */
    public List<String> searchDomains() {
        throw new UnsupportedOperationException();
    }

    /** Returns the host name that DHCP gave, or null. */
    public String hostName() {
        throw new UnsupportedOperationException();
    }

    /**
     * Returns a new UDP socket, not bound.
     *
     * @param ipv6 whether it is of the IPv6 family, which takes IPv4 addresses as well unless V6_ONLY is set; else IPv4 only
     * @throws NetworkException EMFILE beyond the budget
     */
    public UdpSocket openUdp(boolean ipv6) throws NetworkException {
        throw new UnsupportedOperationException();
    }

    /** Returns a new TCP socket, neither bound nor connected; as {@link #openUdp}. */
    public TcpSocket openTcp(boolean ipv6) throws NetworkException {
        throw new UnsupportedOperationException();
    }

    /** Opens, binds and listens in one step. */
    public TcpListener listen(IpAddress address, int port, int backlog) throws NetworkException {
        TcpSocket socket = openTcp(address.isV6());
        try {
            socket.bind(address, port);
            return socket.listen(backlog);
        } catch (NetworkException e) {
            socket.close();
            throw e;
        }
    }

    /** Returns what happened how often. */
    public Statistics statistics() {
        return context.statistics();
    }

    /** Returns how many packets of this stack's own pools are in use: 0 when nothing is on its way and nothing waits in sockets. */
    public int packetsInUse() {
        throw new UnsupportedOperationException();
    }
}
