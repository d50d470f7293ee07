package dev.ristretto.network.udp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.SocketOption;

/** The options of a UDP socket that are numbers and nothing more. Under the stack's lock. */
final class UdpOptions {
    private static final int LEAST_BUFFER = 2048;
    private static final int MOST_BUFFER = 16 << 20;

    boolean reuseAddress;
    boolean broadcast;
    boolean v6Only;
    boolean dontFragment;
    boolean multicastLoop = true;
    int sendBuffer = 212_992;
    int receiveBuffer = 212_992;
    int trafficClass;
    int hopLimit;
    int multicastHopLimit = 1;
    int multicastInterface;

    int get(SocketOption option, boolean reusePort) throws NetworkException {
        return switch (option) {
            case REUSE_ADDRESS -> flag(reuseAddress);
            case REUSE_PORT -> flag(reusePort);
            case SEND_BUFFER -> sendBuffer;
            case RECEIVE_BUFFER -> receiveBuffer;
            case BROADCAST -> flag(broadcast);
            case TRAFFIC_CLASS -> trafficClass;
            case HOP_LIMIT -> hopLimit == 0 ? 64 : hopLimit;
            case V6_ONLY -> flag(v6Only);
            case DONT_FRAGMENT -> flag(dontFragment);
            case MULTICAST_INTERFACE -> multicastInterface;
            case MULTICAST_HOP_LIMIT -> multicastHopLimit;
            case MULTICAST_LOOP -> flag(multicastLoop);
            default -> throw Errno.ENOPROTOOPT.exception();
        };
    }

    private static int flag(boolean value) {
        return value ? 1 : 0;
    }

    /** Sets an option other than REUSE_PORT, V6_ONLY and MULTICAST_INTERFACE, which the socket looks at first. */
    void set(SocketOption option, int value) throws NetworkException {
        switch (option) {
            case REUSE_ADDRESS -> reuseAddress = value != 0;
            case SEND_BUFFER -> sendBuffer = Math.clamp(check(value >= 0, value), LEAST_BUFFER, MOST_BUFFER);
            case RECEIVE_BUFFER -> receiveBuffer = Math.clamp(check(value >= 0, value), LEAST_BUFFER, MOST_BUFFER);
            case BROADCAST -> broadcast = value != 0;
            case TRAFFIC_CLASS -> trafficClass = check(value >= 0 && value <= 255, value) & ~3;
            case HOP_LIMIT -> hopLimit = check(value >= 1 && value <= 255, value);
            case DONT_FRAGMENT -> dontFragment = value != 0;
            case MULTICAST_HOP_LIMIT -> multicastHopLimit = check(value >= 0 && value <= 255, value);
            case MULTICAST_LOOP -> multicastLoop = value != 0;
            default -> throw Errno.ENOPROTOOPT.exception();
        }
    }

    private static int check(boolean ok, int value) throws NetworkException {
        if (!ok) {
            throw Errno.EINVAL.exception();
        }
        return value;
    }
}
