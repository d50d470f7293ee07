package dev.ristretto.network.tcp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.ip.IpPath;

/** A stream socket's own address and port, before it is connected or listens: bound by the program, or chosen. Under the stack's lock. */
final class LocalEnd {
    private final Tcp tcp;
    private final boolean isV6;
    private final TcpOptions options;
    private Binding binding;

    LocalEnd(Tcp tcp, boolean isV6, TcpOptions options) {
        this.tcp = tcp;
        this.isV6 = isV6;
        this.options = options;
    }

    boolean isBound() {
        return binding != null;
    }

    IpAddress any() {
        return isV6 ? IpAddress.ANY_V6 : IpAddress.ANY_V4;
    }

    IpAddress address() {
        return isBound() ? binding.address : any();
    }

    /** The port, or 0 if there is none. */
    int port() {
        return isBound() ? binding.port.number : 0;
    }

    private void checkFamily(IpAddress address) throws NetworkException {
        if (address.isV6() ? !isV6 : isV6 && options.v6Only) {
            throw Errno.EAFNOSUPPORT.exception();
        }
    }

    /** Binds it; {@code port} 0 for any. EAFNOSUPPORT, EADDRNOTAVAIL or EADDRINUSE if that cannot be. */
    void bind(IpAddress address, int port) throws NetworkException {
        checkFamily(address);
        if (!address.isAny() && !tcp.ip.isLocal(address.high(), address.low())) {
            throw Errno.EADDRNOTAVAIL.exception();
        }
        boolean isDual = address.isAny() && address.isV6() && isV6 && !options.v6Only;
        binding = tcp.ports.bind(address, port, isDual, options, tcp.context.random());
    }

    /** Gives what is bound to somebody else; it is bound to something if it was not. EADDRINUSE if nobody may listen there. */
    Binding toListen() throws NetworkException {
        if (!isBound()) {
            bind(any(), 0);
        }
        if (!tcp.ports.mayListen(binding)) {
            throw Errno.EADDRINUSE.exception();
        }
        Binding given = binding;
        binding = null;
        return given;
    }

    void release() {
        if (isBound()) {
            tcp.ports.unbind(binding);
            binding = null;
        }
    }

    /** The way to a peer: from the address that it is bound to, or else one that suits. */
    IpPath pathTo(IpAddress remote) throws NetworkException {
        checkFamily(remote);
        if (remote.isMulticast() || remote.equals(IpAddress.BROADCAST)) {
            throw Errno.ENETUNREACH.exception();
        }
        return tcp.ip.path(!isBound() || binding.address.isAny() ? null : binding.address, remote, 0);
    }

    /** The port to connect from: that which it is bound to, or else one that nobody has towards this peer. EADDRNOTAVAIL if there is none. */
    int portTo(IpPath path, int remotePort) throws NetworkException {
        IpAddress local = path.local();
        IpAddress remote = path.remote();
        if (isBound()) {
            int number = binding.port.number;
            if (tcp.table.find(local.high(), local.low(), remote.high(), remote.low(), number << 16 | remotePort) != null) {
                throw Errno.EADDRNOTAVAIL.exception();
            }
            return number;
        }
        int offset = tcp.initialSequence.portOffset(local.high(), local.low(), remote.high(), remote.low(), remotePort);
        int number = tcp.ports.choose(tcp.table, local, remote, remotePort, offset);
        if (number == 0) {
            throw Errno.EADDRNOTAVAIL.exception();
        }
        return number;
    }
}
