package dev.ristretto.network.tcp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.ip.IpLayer;
import dev.ristretto.network.socket.SocketOption;
import dev.ristretto.network.stack.SocketOptions;

/** The options of one socket; a listener's go to the connections it accepts. */
final class TcpOptions extends SocketOptions {
    private static final int MOST_SECONDS = 32767;

    boolean keepAlive;
    /** Seconds; the default of Linux and of RFC 9293 §3.8.4. */
    int keepIdle = 7200;
    int keepInterval = 75;
    int keepCount = 9;
    boolean noDelay;
    boolean quickAck;
    /** Seconds; -1 for off. */
    int linger = -1;
    /** Bytes; 0 while the stack adjusts it by itself. */
    int sendBuffer;
    int receiveBuffer;

    TcpOptions() {
        super(IpLayer.DEFAULT_HOP_LIMIT);
    }

    TcpOptions copy() {
        TcpOptions copy = new TcpOptions();
        copy.take(this);
        copy.keepAlive = keepAlive;
        copy.keepIdle = keepIdle;
        copy.keepInterval = keepInterval;
        copy.keepCount = keepCount;
        copy.noDelay = noDelay;
        copy.quickAck = quickAck;
        copy.linger = linger;
        copy.sendBuffer = sendBuffer;
        copy.receiveBuffer = receiveBuffer;
        return copy;
    }

    int get(SocketOption option, TcpLimits limits) throws NetworkException {
        return switch (option) {
            case SEND_BUFFER -> sendBuffer != 0 ? sendBuffer : limits.initialBuffer();
            case RECEIVE_BUFFER -> receiveBuffer != 0 ? receiveBuffer : limits.initialBuffer();
            case KEEP_ALIVE -> flag(keepAlive);
            case KEEP_IDLE -> keepIdle;
            case KEEP_INTERVAL -> keepInterval;
            case KEEP_COUNT -> keepCount;
            case NO_DELAY -> flag(noDelay);
            case QUICK_ACK -> flag(quickAck);
            case LINGER -> linger;
            case OOB_INLINE -> 1;
            default -> common(option);
        };
    }

    void set(SocketOption option, int value, TcpLimits limits) throws NetworkException {
        switch (option) {
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
            default -> setCommon(option, value);
        }
    }
}
