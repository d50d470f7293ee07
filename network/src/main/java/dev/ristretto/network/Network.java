package dev.ristretto.network;

import dev.ristretto.network.config.InterfaceInfo;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.PacketMemory;
import dev.ristretto.network.ip.Route;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Budget;
import dev.ristretto.network.stack.Notices;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.stack.StackLock;
import dev.ristretto.network.stack.Statistics;
import dev.ristretto.network.time.Timers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP/IP stack. It has no thread: whoever made it calls {@link #advance} at the times it returns, and devices call their listeners.
 * <pre>
 *     Network network = new Network(System::nanoTime, random::nextLong, Budget.forMemory(64 &lt;&lt; 20), ByteBuffer::allocateDirect,
 *             System.err::println, deadline -&gt; unpark(owner));
 *     network.add(card, NetworkConfiguration.AUTOMATIC);
 *     for (;;) {
 *         parkUntil(network.advance(System.nanoTime()));
 *     }
 * </pre>
 * A loopback interface with {@code 127.0.0.1/8} and {@code ::1} is there from the start.
 */
public final class Network {
    private final StackContext context;
    private final StackLock lock = new StackLock();
    private final Stack stack;
    private final WakeUp wakeUp;
    /** What {@link #advance} returned last; below the next deadline only while the owner has been woken and has not come yet. Under the lock. */
    private long promised;
    /** What the owner is to be told once the lock is free; {@link Timers#NEVER} for nothing. */
    private final AtomicLong wake = new AtomicLong(Timers.NEVER);

    /**
     * Makes a stack without cards. All memory for packets is allocated here.
     *
     * @param memory where packets to be sent come from; a card reads them
     */
    public Network(Clock clock, RandomSource random, Budget budget, PacketMemory memory, Notices notices, WakeUp wakeUp) {
        context = new StackContext(lock, clock, random, new Timers(), new Statistics(), budget, notices);
        stack = new Stack(context, memory);
        this.wakeUp = wakeUp;
        lock.hooks(this::beforeRelease, this::afterRelease);
    }

    private void beforeRelease() {
        stack.settle();
        long next = stack.hasLooped() ? context.clock().nanos() : context.timers().next();
        if (next < promised) {
            promised = next;
            wake.set(next);
        }
    }

    private void afterRelease() {
        long deadline = wake.get() == Timers.NEVER ? Timers.NEVER : wake.getAndSet(Timers.NEVER);
        if (deadline != Timers.NEVER) {
            wakeUp.wakeUp(deadline);
        }
    }

    /** Runs what is due at {@code now} and returns when to call again, at the latest; {@link Timers#NEVER} if only when woken. See {@link WakeUp}. */
    public long advance(long now) {
        lock.lock();
        try {
            context.timers().advance(now);
            // Nothing that happens in here needs a wake-up: its deadline is returned.
            promised = Long.MIN_VALUE;
            stack.settle();
            promised = stack.hasLooped() ? now : context.timers().next();
            return promised;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a card and begins to configure it. Returns the index of its interface. */
    public int add(NetworkDevice device, NetworkConfiguration configuration) {
        lock.lock();
        try {
            return stack.add(device, configuration).card().index();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a card out: its addresses and routes go, connections over it time out. */
    public void remove(int interfaceIndex) {
        lock.lock();
        try {
            CardSetup setup = stack.setup(interfaceIndex);
            if (setup != null) {
                stack.remove(setup);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns what interfaces there are now, loopback first. */
    public List<InterfaceInfo> interfaces() {
        lock.lock();
        try {
            return stack.interfaces.stream().map(Interface::info).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the routing table, for people. */
    public List<Route> routes() {
        lock.lock();
        try {
            return stack.ip.routes().routes();
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether each card with a link has the IPv4 address that it is configured for, or IPv6 if it has no IPv4: a program can start. */
    public boolean isConfigured() {
        lock.lock();
        try {
            return stack.cards.stream().allMatch(c -> !c.card().isUp() || c.isConfigured());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the name servers to ask, in order: fixed ones, then from DHCP and routers. Empty if none is known. */
    public List<IpAddress> nameServers() {
        lock.lock();
        try {
            List<IpAddress> servers = new ArrayList<>();
            stack.cards.forEach(c -> c.nameServers(servers));
            stack.cards.forEach(c -> c.automaticNameServers(servers));
            return List.copyOf(servers);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the domains to try for short names, in order. */
    public List<String> searchDomains() {
        lock.lock();
        try {
            List<String> domains = new ArrayList<>();
            stack.cards.forEach(c -> c.searchDomains(domains));
            return List.copyOf(domains);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the host name that DHCP gave, or null. */
    public String hostName() {
        lock.lock();
        try {
            return stack.cards.stream().map(CardSetup::hostName).filter(n -> n != null).findFirst().orElse(null);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns a new UDP socket, not bound.
     *
     * @param ipv6 whether it is of the IPv6 family, which takes IPv4 addresses as well unless V6_ONLY is set; else IPv4 only
     * @throws NetworkException EMFILE beyond the budget
     */
    public UdpSocket openUdp(boolean ipv6) throws NetworkException {
        lock.lock();
        try {
            return stack.udp.open(ipv6);
        } finally {
            lock.unlock();
        }
    }

    /** Returns a new TCP socket, neither bound nor connected; as {@link #openUdp}. */
    public TcpSocket openTcp(boolean ipv6) throws NetworkException {
        return stack.tcp.open(ipv6);
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

    /** Returns what the parts of this stack are given: for devices around devices that need its timers. */
    public StackContext context() {
        return context;
    }

    /** Returns what happened how often. */
    public Statistics statistics() {
        return context.statistics();
    }

    /** Returns what this stack holds now. */
    public Usage usage() {
        lock.lock();
        try {
            return new Usage(stack.tcp.connections(), stack.tcp.halfOpen(), stack.tcp.timeWaits(), stack.tcp.sockets(), stack.udp.sockets(),
                    stack.tcp.bufferBytesInUse(), packetsInUse());
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many packets of this stack's own pools are in use: 0 when nothing is on its way and nothing waits in sockets. */
    public int packetsInUse() {
        return stack.small.inUse() + stack.big.inUse();
    }
}
