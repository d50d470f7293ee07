package dev.ristretto.network.udp;

import dev.ristretto.network.NetworkException;
import dev.ristretto.network.ip.IpLayer;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.stack.SocketOptions;

/** The options of a UDP socket that are numbers and nothing more. Under the stack's lock. */
final class UdpOptions extends SocketOptions {
    private static final int MOST_BUFFER = 16 << 20;

    boolean broadcast;
    boolean dontFragment;
    boolean multicastLoop = true;
    int sendBuffer = 212_992;
    int receiveBuffer = 212_992;
    int multicastHopLimit = 1;
    int multicastInterface;

    UdpOptions() {
        super(IpLayer.DEFAULT_HOP_LIMIT);
    }

    int get(SocketOption option) throws NetworkException {
        return switch (option) {
            case SEND_BUFFER -> sendBuffer;
            case RECEIVE_BUFFER -> receiveBuffer;
            case BROADCAST -> flag(broadcast);
            case DONT_FRAGMENT -> flag(dontFragment);
            case MULTICAST_INTERFACE -> multicastInterface;
            case MULTICAST_HOP_LIMIT -> multicastHopLimit;
            case MULTICAST_LOOP -> flag(multicastLoop);
            default -> common(option);
        };
    }

    /** Sets an option; V6_ONLY and MULTICAST_INTERFACE are looked at by the socket first. */
    void set(SocketOption option, int value) throws NetworkException {
        switch (option) {
            case SEND_BUFFER -> sendBuffer = Math.clamp(checked(value, 0, Integer.MAX_VALUE), LEAST_BUFFER, MOST_BUFFER);
            case RECEIVE_BUFFER -> receiveBuffer = Math.clamp(checked(value, 0, Integer.MAX_VALUE), LEAST_BUFFER, MOST_BUFFER);
            case BROADCAST -> broadcast = value != 0;
            case DONT_FRAGMENT -> dontFragment = value != 0;
            case MULTICAST_HOP_LIMIT -> multicastHopLimit = checked(value, 0, 255);
            case MULTICAST_LOOP -> multicastLoop = value != 0;
            case MULTICAST_INTERFACE -> multicastInterface = value;
            default -> setCommon(option, value);
        }
    }
}
