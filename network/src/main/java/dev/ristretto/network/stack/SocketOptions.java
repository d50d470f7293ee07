package dev.ristretto.network.stack;

import dev.ristretto.network.Errno;
import dev.ristretto.network.NetworkException;
import dev.ristretto.network.socket.SocketOption;

/** The options that sockets of all protocols have. Under the stack's lock. */
public abstract class SocketOptions {
    /** The least size of a buffer, in bytes. */
    protected static final int LEAST_BUFFER = 2048;

    public boolean reuseAddress;
    public boolean reusePort;
    public boolean v6Only;
    /** 0 to 255, without ECN's two bits. */
    public int trafficClass;
    /** 1 to 255. */
    public int hopLimit;

    protected SocketOptions(int hopLimit) {
        this.hopLimit = hopLimit;
    }

    /** Takes what another one has. */
    protected void take(SocketOptions other) {
        reuseAddress = other.reuseAddress;
        reusePort = other.reusePort;
        v6Only = other.v6Only;
        trafficClass = other.trafficClass;
        hopLimit = other.hopLimit;
    }

    /** Returns the value of one of these; ENOPROTOOPT for any other. */
    protected int common(SocketOption option) throws NetworkException {
        return switch (option) {
            case REUSE_ADDRESS -> flag(reuseAddress);
            case REUSE_PORT -> flag(reusePort);
            case V6_ONLY -> flag(v6Only);
            case TRAFFIC_CLASS -> trafficClass;
            case HOP_LIMIT -> hopLimit;
            default -> throw Errno.ENOPROTOOPT.exception();
        };
    }

    /** Sets one of these; EINVAL if the value is none of it, ENOPROTOOPT for any other option. */
    protected void setCommon(SocketOption option, int value) throws NetworkException {
        switch (option) {
            case REUSE_ADDRESS -> reuseAddress = value != 0;
            case REUSE_PORT -> reusePort = value != 0;
            case V6_ONLY -> v6Only = value != 0;
            case TRAFFIC_CLASS -> trafficClass = checked(value, 0, 255) & ~3;
            case HOP_LIMIT -> hopLimit = checked(value, 1, 255);
            default -> throw Errno.ENOPROTOOPT.exception();
        }
    }

    protected static int flag(boolean value) {
        return value ? 1 : 0;
    }

    /** Returns the value; EINVAL if it is beyond its bounds. */
    protected static int checked(int value, int least, int most) throws NetworkException {
        if (value < least || value > most) {
            throw Errno.EINVAL.exception();
        }
        return value;
    }
}
