package dev.ristretto.network.tcp;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpInput;

/** Whatever stands for a pair of sockets in the {@link ConnectionTable}: a connection, one that begins, or the memory of one that ended. */
abstract sealed class Endpoint permits TcpConnection, HalfOpen, TimeWait {
    final long localHigh;
    final long localLow;
    final long remoteHigh;
    final long remoteLow;
    final int localPort;
    final int remotePort;
    /** The next one in the same bucket of the table. */
    Endpoint nextInBucket;
    boolean inTable;
    /** What the local port is counted by. */
    LocalPort port;

    Endpoint(long localHigh, long localLow, long remoteHigh, long remoteLow, int localPort, int remotePort) {
        this.localHigh = localHigh;
        this.localLow = localLow;
        this.remoteHigh = remoteHigh;
        this.remoteLow = remoteLow;
        this.localPort = localPort;
        this.remotePort = remotePort;
    }

    int ports() {
        return localPort << 16 | remotePort;
    }

    final boolean is(long aLocalHigh, long aLocalLow, long aRemoteHigh, long aRemoteLow, int ports) {
        return ports() == ports && remoteLow == aRemoteLow && localLow == aLocalLow && remoteHigh == aRemoteHigh && localHigh == aLocalHigh;
    }

    /** A segment for this pair arrived. The packet stays the caller's. */
    abstract void arrived(Segment segment, Packet packet, IpInput from, long now);
}
