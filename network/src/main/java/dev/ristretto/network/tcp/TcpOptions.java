package dev.ristretto.network.tcp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.ip.IpLayer;
import dev.ristretto.network.socket.SocketOption;

/** The options of one socket; a listener's go to the connections it accepts. */
final class TcpOptions {
    private static final int LEAST_BUFFER = 2048;
    private static final int MOST_SECONDS = 32767;

    boolean reuseAddress;
    boolean reusePort;
    boolean v6Only;
    boolean keepAlive;
    /** Seconds; the default of Linux and of RFC 9293 §3.8.4. */
    int keepIdle = 7200;
    int keepInterval = 75;
    int keepCount = 9;
    boolean noDelay;
    boolean quickAck;
    /** Seconds; -1 for off. */
    int linger = -1;
    int trafficClass;
    int hopLimit = IpLayer.DEFAULT_HOP_LIMIT;
    /** Bytes; 0 while the stack adjusts it by itself. */
    int sendBuffer;
    int receiveBuffer;

    TcpOptions copy() {
        TcpOptions copy = new TcpOptions();
        copy.reuseAddress = reuseAddress;
        copy.reusePort = reusePort;
        copy.v6Only = v6Only;
        copy.keepAlive = keepAlive;
        copy.keepIdle = keepIdle;
        copy.keepInterval = keepInterval;
        copy.keepCount = keepCount;
        copy.noDelay = noDelay;
        copy.quickAck = quickAck;
        copy.linger = linger;
        copy.trafficClass = trafficClass;
        copy.hopLimit = hopLimit;
        copy.sendBuffer = sendBuffer;
        copy.receiveBuffer = receiveBuffer;
        return copy;
    }

    private static int bit(boolean value) {
        return value ? 1 : 0;
    }

    int get(SocketOption option, TcpLimits limits) throws NetworkException {
        return switch (option) {
            case REUSE_ADDRESS -> bit(reuseAddress);
            case REUSE_PORT -> bit(reusePort);
            case SEND_BUFFER -> sendBuffer != 0 ? sendBuffer : limits.initialBuffer();
            case RECEIVE_BUFFER -> receiveBuffer != 0 ? receiveBuffer : limits.initialBuffer();
            case KEEP_ALIVE -> bit(keepAlive);
            case KEEP_IDLE -> keepIdle;
            case KEEP_INTERVAL -> keepInterval;
            case KEEP_COUNT -> keepCount;
            case NO_DELAY -> bit(noDelay);
            case QUICK_ACK -> bit(quickAck);
            case LINGER -> linger;
            case OOB_INLINE -> 1;
            case TRAFFIC_CLASS -> trafficClass;
            case HOP_LIMIT -> hopLimit;
            case V6_ONLY -> bit(v6Only);
            case BROADCAST, DONT_FRAGMENT, MULTICAST_INTERFACE, MULTICAST_HOP_LIMIT, MULTICAST_LOOP -> throw Errno.ENOPROTOOPT.exception();
        };
    }

    void set(SocketOption option, int value, TcpLimits limits) throws NetworkException {
        switch (option) {
            case REUSE_ADDRESS -> reuseAddress = value != 0;
            case REUSE_PORT -> reusePort = value != 0;
            case SEND_BUFFER -> sendBuffer = Math.clamp(value, LEAST_BUFFER, limits.mostBuffer());
            case RECEIVE_BUFFER -> receiveBuffer = Math.clamp(value, LEAST_BUFFER, limits.mostBuffer());
            case KEEP_ALIVE -> keepAlive = value != 0;
            case KEEP_IDLE -> keepIdle = checked(value, 1, MOST_SECONDS);
            case KEEP_INTERVAL -> keepInterval = checked(value, 1, MOST_SECONDS);
            case KEEP_COUNT -> keepCount = checked(value, 1, 127);
            case NO_DELAY -> noDelay = value != 0;
            case QUICK_ACK -> quickAck = value != 0;
            case LINGER -> linger = checked(value, -1, 65535);
            case OOB_INLINE -> {
                if (value == 0) {
                    throw Errno.EOPNOTSUPP.exception();
                }
            }
            case TRAFFIC_CLASS -> trafficClass = checked(value, 0, 255) & ~3;
            case HOP_LIMIT -> hopLimit = checked(value, 1, 255);
            case V6_ONLY -> v6Only = value != 0;
            case BROADCAST, DONT_FRAGMENT, MULTICAST_INTERFACE, MULTICAST_HOP_LIMIT, MULTICAST_LOOP -> throw Errno.ENOPROTOOPT.exception();
        }
    }

    private static int checked(int value, int least, int most) throws NetworkException {
        if (value < least || value > most) {
            throw Errno.EINVAL.exception();
        }
        return value;
    }
}
