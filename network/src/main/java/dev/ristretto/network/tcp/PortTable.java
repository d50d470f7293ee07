package dev.ristretto.network.tcp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.RandomSource;
import java.util.HashMap;
import java.util.Map;

/** Which local ports are in use, and the choice of free ones (RFC 6056). */
final class PortTable {
    /** The range of Linux. */
    static final int FIRST_EPHEMERAL = 32768;
    static final int LAST_EPHEMERAL = 60999;
    private static final int EPHEMERALS = LAST_EPHEMERAL - FIRST_EPHEMERAL + 1;

    private final Map<Integer, LocalPort> ports = new HashMap<>();
    private int nextOffset;

    int count() {
        return ports.size();
    }

    private LocalPort get(int number) {
        return ports.computeIfAbsent(number, LocalPort::new);
    }

    private void drop(LocalPort port) {
        if (port.isUnused()) {
            ports.remove(port.number);
        }
    }

    /** Binds. @param number 0 for a free port */
    Binding bind(IpAddress address, int number, boolean isDual, TcpOptions options, RandomSource random) throws NetworkException {
        if (number != 0) {
            LocalPort port = ports.get(number);
            if (port != null && isTaken(port, address, isDual, options)) {
                throw Errno.EADDRINUSE.exception();
            }
            return add(get(number), address, isDual, options);
        }
        int start = random.nextInt(EPHEMERALS);
        for (int i = 0; i < EPHEMERALS; i++) {
            int candidate = FIRST_EPHEMERAL + (start + i) % EPHEMERALS;
            if (!ports.containsKey(candidate)) {
                return add(get(candidate), address, isDual, options);
            }
        }
        throw Errno.EADDRINUSE.exception();
    }

    private static boolean isTaken(LocalPort port, IpAddress address, boolean isDual, TcpOptions options) {
        for (Binding binding : port.bindings) {
            if (binding.forbids(address, isDual, options)) {
                return true;
            }
        }
        // Old connections, those in TIME-WAIT included, keep others out, unless they say that it is all right.
        return port.bindings.isEmpty() && port.endpoints > 0 && !options.reuseAddress && !options.reusePort;
    }

    private static Binding add(LocalPort port, IpAddress address, boolean isDual, TcpOptions options) {
        Binding binding = new Binding(port, address, isDual, options.reuseAddress, options.reusePort);
        port.bindings.add(binding);
        return binding;
    }

    void unbind(Binding binding) {
        binding.port.bindings.remove(binding);
        drop(binding.port);
    }

    /** Whether a bound socket could listen now: nobody listens there, but for those who share the port. */
    boolean mayListen(Binding own) {
        for (Binding other : own.port.bindings) {
            if (other != own && other.listener != null && !(other.reusePort && own.reusePort)
                    && (other.takes(own.address.high(), own.address.low()) || own.takes(other.address.high(), other.address.low()))) {
                return false;
            }
        }
        return true;
    }

    /** The listener for an address and port, or null: the one bound to just that address before one bound to all. */
    ListeningSocket listener(long high, long low, int number, long flow) {
        LocalPort port = ports.get(number);
        if (port == null) {
            return null;
        }
        ListeningSocket best = null;
        int rank = -1;
        int equals = 0;
        for (int i = 0; i < port.bindings.size(); i++) {
            Binding binding = port.bindings.get(i);
            if (binding.listener == null || !binding.takes(high, low)) {
                continue;
            }
            int itsRank = !binding.address.isAny() ? 2 : binding.isDual ? 0 : 1;
            if (itsRank > rank) {
                best = binding.listener;
                rank = itsRank;
                equals = 1;
            } else if (itsRank == rank && (flow >>> 1) % ++equals == 0) {
                best = binding.listener; // Several share the port: each gets its part of the peers.
            }
        }
        return best;
    }

    /** A port for a connection to be made, for which no other has the same four numbers; 0 if there is none. */
    int choose(ConnectionTable table, IpAddress local, IpAddress remote, int remotePort, int offset) {
        for (int i = 0; i < EPHEMERALS; i++) {
            int candidate = FIRST_EPHEMERAL + (int) ((offset + (long) nextOffset++ & Integer.MAX_VALUE) % EPHEMERALS);
            LocalPort port = ports.get(candidate);
            if ((port == null || port.bindings.isEmpty())
                    && table.find(local.high(), local.low(), remote.high(), remote.low(), candidate << 16 | remotePort) == null) {
                return candidate;
            }
        }
        return 0;
    }

    /** An endpoint begins to use its port. */
    void use(Endpoint endpoint) {
        endpoint.port = get(endpoint.localPort);
        endpoint.port.endpoints++;
    }

    void leave(Endpoint endpoint) {
        LocalPort port = endpoint.port;
        if (port != null) {
            endpoint.port = null;
            port.endpoints--;
            drop(port);
        }
    }
}
