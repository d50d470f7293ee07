package dev.ristretto.jdk.net;

import dev.ristretto.jdk.net.descriptor.Readiness;
import dev.ristretto.jdk.net.socket.TcpSocketFile;
import dev.ristretto.network.IpAddress;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.DescriptorTable;
import java.io.IOException;

/**
 * {@code InetAddress.isReachable} as the JDK does it where it may not send echo requests: by a connection to TCP port 7. A machine that
 * refuses it is there.
 */
final class Reachability {
    private static final int ECHO_PORT = 7;

    private Reachability() {
    }

    /**
     * @param millis how long to wait, positive
     * @param source where to ask from, 4 or 16 bytes, or null
     * @param hops   hop limit, 0 for the usual one
     */
    static boolean test(IpAddress address, int millis, byte[] source, int hops) throws IOException {
        MachineNetwork.awaitWayTo(address);
        // Has no number among the program's descriptors, but is released in the same way.
        DescriptorTable own = new DescriptorTable(1);
        try {
            TcpSocketFile socket = TcpSocketFile.open(MachineNetwork.get(), address.isV6());
            int descriptor = own.add(socket);
            try {
                return test(socket, address, millis, source, hops);
            } finally {
                own.close(descriptor);
            }
        } catch (ErrnoException e) {
            throw SocketFailures.socket(e);
        }
    }

    private static boolean test(TcpSocketFile socket, IpAddress address, int millis, byte[] source, int hops) throws ErrnoException {
        socket.setBlocking(false);
        if (hops > 0) {
            socket.setOption(SocketOption.HOP_LIMIT, Math.min(hops, 255));
        }
        if (source != null) {
            socket.bind(IpAddress.of(source), 0);
        }
        try {
            return socket.connect(address, ECHO_PORT) || socket.await(Readiness.OUT, millis) != 0 && socket.finishConnect();
        } catch (ErrnoException e) {
            return switch (e.errno()) {
                case ECONNREFUSED -> true;
                case ENETUNREACH, EHOSTUNREACH, ETIMEDOUT, EADDRNOTAVAIL, ENETDOWN -> false;
                default -> throw e;
            };
        }
    }

}
