package dev.ristretto.network.tcp;

import dev.ristretto.network.time.Timer;
import dev.ristretto.network.time.Timers;

/** The deadlines of one connection behind one timer, which is set to the earliest. */
final class ConnectionTimers implements Timer.Action {
    /** Retransmission, or the probe of a closed window. */
    static final int RETRANSMIT = 0;
    /** The probe of the tail (TLP). */
    static final int PROBE = 1;
    /** Reordered segments become lost ones (RACK). */
    static final int REORDER = 2;
    /** A delayed acknowledgement. */
    static final int ACKNOWLEDGE = 3;
    static final int KEEP_ALIVE = 4;
    /** The end of a connection that nobody holds any more. */
    static final int LIFE = 5;
    private static final int KINDS = 6;

    private final TcpConnection connection;
    private final Timers timers;
    private final Timer timer = new Timer(this);
    private final long[] deadlines = new long[KINDS];
    private int set;

    ConnectionTimers(TcpConnection connection, Timers timers) {
        this.connection = connection;
        this.timers = timers;
    }

    boolean isSet(int kind) {
        return (set & 1 << kind) != 0;
    }

    void set(int kind, long deadline) {
        deadlines[kind] = deadline;
        set |= 1 << kind;
        if (!timer.isSet() || deadline < timer.due()) {
            timers.set(timer, deadline);
        }
    }

    void cancel(int kind) {
        // The timer is left as it is: it finds out when its time comes.
        set &= ~(1 << kind);
    }

    void cancelAll() {
        set = 0;
        timers.cancel(timer);
    }

    @Override
    public void expired(long now) {
        for (int kind = 0; kind < KINDS; kind++) {
            if (isSet(kind) && deadlines[kind] <= now) {
                cancel(kind);
                connection.tcp.expiry.expired(connection, kind, now);
            }
        }
        long earliest = Timers.NEVER;
        for (int kind = 0; kind < KINDS; kind++) {
            if (isSet(kind)) {
                earliest = Math.min(earliest, deadlines[kind]);
            }
        }
        if (earliest != Timers.NEVER) {
            timers.set(timer, earliest);
        }
    }
}
