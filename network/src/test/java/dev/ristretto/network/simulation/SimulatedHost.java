package dev.ristretto.network.simulation;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.Errno;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.ip.IpError;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpLayer;
import dev.ristretto.network.ip.IpPath;
import dev.ristretto.network.stack.Budget;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.stack.StackLock;
import dev.ristretto.network.stack.Statistics;
import dev.ristretto.network.tcp.Tcp;
import dev.ristretto.network.tcp.TcpSettings;
import dev.ristretto.network.time.Timers;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A host: TCP on a simulated IP that puts packets on links. */
final class SimulatedHost implements IpLayer {
    static final int HEADROOM = 128;

    final IpAddress address;
    final StackContext context;
    final Tcp tcp;
    final Statistics statistics = new Statistics();
    /** Sees every segment that leaves; null for nobody. */
    Watcher watcher;
    private final Simulation simulation;
    private final Map<IpAddress, Route> routes = new HashMap<>();
    private final IpInput input = new IpInput();
    private final boolean offload;
    private boolean outputFailed;
    int refuseOutputs;

    interface Watcher {
        void left(Packet packet);
    }

    private record Route(SimulatedHost to, Link link) {
    }

    SimulatedHost(Simulation simulation, IpAddress address, Budget budget, TcpSettings settings, boolean offload) {
        this.simulation = simulation;
        this.address = address;
        this.offload = offload;
        SplittableRandom random = simulation.random.split();
        context = new StackContext(new StackLock(), simulation::now, random::nextLong, new Timers(), statistics, budget, line -> { });
        tcp = new Tcp(context, this, settings);
        simulation.add(this);
    }

    void route(SimulatedHost to, Link link) {
        routes.put(to.address, new Route(to, link));
    }

    /** From now on packets to that host go nowhere, but for connections that have their way already. */
    void forget(SimulatedHost host) {
        routes.remove(host.address);
    }

    /** A host at both ends of a link there and one back. */
    static void connect(SimulatedHost a, SimulatedHost b, Link there, Link back) {
        a.route(b, there);
        b.route(a, back);
    }

    long nextTimer() {
        return context.timers().next();
    }

    void runTimers(long now) {
        context.lock().lock();
        try {
            context.timers().advance(now);
        } finally {
            context.lock().unlock();
        }
    }

    void arrived(Packet packet, SimulatedHost from, int trafficClass) {
        context.lock().lock();
        try {
            input.sourceHigh = from.address.high();
            input.sourceLow = from.address.low();
            input.destinationHigh = address.high();
            input.destinationLow = address.low();
            input.interfaceIndex = 1;
            input.trafficClass = trafficClass;
            tcp.input(packet, input);
            if (outputFailed) {
                outputFailed = false;
                simulation.after(Simulation.MILLISECOND, this::outputReady);
            }
        } finally {
            context.lock().unlock();
        }
    }

    private void outputReady() {
        context.lock().lock();
        try {
            tcp.outputReady();
        } finally {
            context.lock().unlock();
        }
    }

    /** Somebody pretends to be another host. */
    void forge(Packet packet, long high, long low) {
        context.lock().lock();
        try {
            input.sourceHigh = high;
            input.sourceLow = low;
            input.destinationHigh = address.high();
            input.destinationLow = address.low();
            input.interfaceIndex = 1;
            input.trafficClass = 0;
            tcp.input(packet, input);
        } finally {
            context.lock().unlock();
        }
    }

    @Override
    public IpPath path(IpAddress local, IpAddress remote, int interfaceIndex) throws NetworkException {
        Route route = routes.get(remote);
        if (route == null) {
            // Where forged packets seem to come from there is a way as well, to nowhere.
            return new SimulatedPath(address, remote, null);
        }
        if (local != null && !local.isAny() && !local.equals(address)) {
            throw Errno.EADDRNOTAVAIL.exception();
        }
        return new SimulatedPath(address, remote, route);
    }

    private final class SimulatedPath implements IpPath {
        private final IpAddress local;
        private final IpAddress remote;
        private final Route route;
        private int mtu;

        SimulatedPath(IpAddress local, IpAddress remote, Route route) {
            this.local = local;
            this.remote = remote;
            this.route = route;
            mtu = 1500;
        }

        @Override
        public IpAddress local() {
            return local;
        }

        @Override
        public IpAddress remote() {
            return remote;
        }

        @Override
        public int interfaceIndex() {
            return 1;
        }

        @Override
        public int mtu() {
            return mtu;
        }

        @Override
        public int headerLength() {
            return 20;
        }

        @Override
        public boolean segmentationOffload() {
            return offload;
        }

        @Override
        public boolean isLoopback() {
            return false;
        }

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public void confirm() {
        }

        @Override
        public void suspect() {
        }
    }

    @Override
    public Packet allocate(int bytes) {
        PacketPool pool = bytes <= 2048 - HEADROOM ? simulation.small : simulation.big;
        Packet packet = pool.acquire(HEADROOM);
        if (packet == null) {
            outputFailed = true;
            simulation.after(Simulation.MILLISECOND, this::outputReady);
        }
        return packet;
    }

    @Override
    public boolean output(IpPath path, Packet packet, int protocol, int checksumOffset, int hopLimit, int trafficClass, boolean mayFragment) {
        SimulatedPath way = (SimulatedPath) path;
        if (refuseOutputs > 0) {
            refuseOutputs--;
            packet.release();
            simulation.after(Simulation.MILLISECOND, this::outputReady);
            return false;
        }
        if (watcher != null) {
            watcher.left(packet);
        }
        if (way.route == null) {
            packet.release();
            return true;
        }
        if (packet.gsoSize() > 0) {
            cut(way, packet, trafficClass);
        } else {
            put(way, packet, trafficClass);
        }
        return true;
    }

    private void put(SimulatedPath way, Packet packet, int trafficClass) {
        int mtu = way.route.link.conditions().mtu();
        if (packet.length() + 20 > way.mtu) {
            throw new AssertionError("a packet of " + packet.length() + " bytes of payload on a path of " + way.mtu);
        }
        if (packet.length() + 20 > mtu) {
            tooBig(way, packet, mtu);
            return;
        }
        way.route.link.carry(packet, this, way.route.to, trafficClass);
    }

    /** A router on the way sends the packet's beginning back. */
    private void tooBig(SimulatedPath way, Packet packet, int mtu) {
        simulation.after(way.route.link.conditions().delay(), () -> {
            context.lock().lock();
            try {
                way.mtu = Math.min(way.mtu, mtu);
                IpError error = new IpError();
                error.localHigh = address.high();
                error.localLow = address.low();
                error.remoteHigh = way.remote.high();
                error.remoteLow = way.remote.low();
                error.errno = Errno.EMSGSIZE;
                error.mtu = mtu;
                tcp.error(error, packet, packet.start());
                packet.release();
            } finally {
                context.lock().unlock();
            }
        });
    }

    /** What a card with segmentation offload does. */
    private void cut(SimulatedPath way, Packet packet, int trafficClass) {
        int header = packet.gsoHeaderLength();
        int payload = packet.length() - header;
        int flags = packet.u8(13);
        for (int done = 0; done < payload; done += packet.gsoSize()) {
            int length = Math.min(packet.gsoSize(), payload - done);
            Packet piece = simulation.small.acquire(HEADROOM);
            if (piece == null) {
                break; // As good as lost.
            }
            int at = piece.append(header + length);
            piece.buffer().put(at, packet.buffer(), packet.start(), header);
            piece.buffer().put(at + header, packet.buffer(), packet.start() + header + done, length);
            piece.buffer().putInt(at + 4, packet.i32(4) + done);
            boolean isLast = done + length == payload;
            piece.buffer().put(at + 13, (byte) (flags & (isLast ? ~0 : ~9) & (done == 0 ? ~0 : ~0x80)));
            put(way, piece, trafficClass);
        }
        packet.release();
    }

    @Override
    public boolean reply(IpInput to, Packet packet, int protocol, int checksumOffset, int hopLimit, int trafficClass) {
        Route route = routes.get(IpAddress.ofV6(to.sourceHigh, to.sourceLow));
        if (watcher != null) {
            watcher.left(packet);
        }
        if (route == null) {
            packet.release();
            return true;
        }
        route.link.carry(packet, this, route.to, trafficClass);
        return true;
    }

    @Override
    public boolean isLocal(long high, long low) {
        return address.high() == high && address.low() == low;
    }

    @Override
    public void portUnreachable(Packet packet, IpInput from) {
    }

    long count(Counter counter) {
        return statistics.get(counter);
    }
}
