package dev.ristretto.network.tcp;

import dev.ristretto.network.Errno;
import dev.ristretto.network.stack.Counter;

/** What time does to a connection: retransmission, probes, delayed acknowledgements, giving up (RFC 9293 §3.8.3 and 3.10.8). */
final class Expiry {
    /** A connection that only the peer can end now, and nobody here holds. */
    static final long FIN_WAIT_2_LIFE = 60 * RttEstimator.SECOND;
    /** Timeouts in a row that end a connection: with back-off about a quarter of an hour, as on Linux. */
    private static final int MOST_TIMEOUTS = 15;
    /** The same when nobody here holds it. */
    private static final int MOST_TIMEOUTS_ORPHAN = 8;
    /** SYNs in all less one: gives up after two minutes. */
    private static final int MOST_SYN_TIMEOUTS = 6;
    /** Timeouts in a row after which IP is to look at the way (R1 of RFC 9293 §3.8.3). */
    private static final int SUSPICIOUS_TIMEOUTS = 3;

    private final Tcp tcp;

    Expiry(Tcp tcp) {
        this.tcp = tcp;
    }

    void expired(TcpConnection c, int kind, long now) {
        switch (kind) {
            case ConnectionTimers.RETRANSMIT -> retransmit(c, now);
            case ConnectionTimers.PROBE -> probe(c, now);
            case ConnectionTimers.REORDER -> {
                long wait = c.send.recovery.reorderTimer(c.send.unacknowledged, c.send.next, now);
                if (wait > 0) {
                    c.timers.set(ConnectionTimers.REORDER, now + wait);
                }
                tcp.transmitter.run(c, now);
            }
            case ConnectionTimers.ACKNOWLEDGE -> {
                c.receive.acknowledgeNow = true;
                tcp.transmitter.run(c, now);
            }
            case ConnectionTimers.KEEP_ALIVE -> keepAlive(c, now);
            default -> life(c, now);
        }
    }

    private void retransmit(TcpConnection c, long now) {
        SendSide send = c.send;
        if (c.state == TcpState.SYN_SENT || c.state == TcpState.SYN_RECEIVED) {
            if (++send.timeouts > MOST_SYN_TIMEOUTS) {
                timedOut(c);
                return;
            }
            send.recovery.roundTrip.backOff();
            tcp.transmitter.synchronize(c, now);
            c.timers.set(ConnectionTimers.RETRANSMIT, now + send.recovery.roundTrip.timeout());
            return;
        }
        tcp.unblock(c);
        if (++send.timeouts > (c.socket == null ? MOST_TIMEOUTS_ORPHAN : MOST_TIMEOUTS)) {
            tcp.transmitter.reset(c, now);
            timedOut(c);
            return;
        }
        if (send.timeouts == SUSPICIOUS_TIMEOUTS) {
            c.path.suspect();
        }
        c.timers.cancel(ConnectionTimers.PROBE);
        c.timers.cancel(ConnectionTimers.REORDER);
        if (!send.hasUnacknowledged()) {
            // Nothing is under way: the window is closed or stays small, or there was no packet.
            send.recovery.roundTrip.backOff();
            if (send.usableWindow() <= 0 || send.waitsForWindow) {
                tcp.transmitter.probeWindow(c, now);
            }
        } else if (send.window == 0) {
            // Not lost, but not taken: this says nothing about the network.
            send.recovery.roundTrip.backOff();
            tcp.transmitter.sendAgain(c, 0, now);
        } else {
            tcp.context.statistics().count(Counter.TCP_TIMEOUTS);
            send.recovery.timedOut(send.unacknowledged, send.next, send.timestamp(now), now);
        }
        tcp.transmitter.run(c, now);
    }

    private static void timedOut(TcpConnection c) {
        c.end(c.softError != null ? c.softError : Errno.ETIMEDOUT);
    }

    private void probe(TcpConnection c, long now) {
        SendSide send = c.send;
        if (!c.state.isSynchronized() || !send.recovery.mayProbe()) {
            return;
        }
        int end = send.next;
        if (tcp.transmitter.probeWithNewData(c, now)) {
            send.recovery.probing(send.next, false);
        } else if (tcp.transmitter.sendAgain(c, send.recovery.sent.count() - 1, now)) {
            send.recovery.probing(end, true);
        }
        // The timeout counts from the probe on (RFC 8985 §7.3).
        c.timers.set(ConnectionTimers.RETRANSMIT, now + send.recovery.roundTrip.timeout());
    }

    private void keepAlive(TcpConnection c, long now) {
        if (!c.options.keepAlive || !c.state.isSynchronized()) {
            return;
        }
        long idle = c.options.keepIdle * RttEstimator.SECOND;
        long silent = now - c.lastHeard;
        if (silent < idle || c.send.hasUnacknowledged()) {
            // Somebody was heard, or retransmission looks after it.
            c.timers.set(ConnectionTimers.KEEP_ALIVE, Math.max(c.lastHeard + idle, now + RttEstimator.SECOND));
            return;
        }
        if (c.keepAliveProbes >= c.options.keepCount) {
            tcp.transmitter.reset(c, now);
            timedOut(c);
            return;
        }
        c.keepAliveProbes++;
        tcp.transmitter.keepAlive(c, now);
        c.timers.set(ConnectionTimers.KEEP_ALIVE, now + c.options.keepInterval * RttEstimator.SECOND);
    }

    private void life(TcpConnection c, long now) {
        if (c.socket != null) {
            return;
        }
        if (c.state == TcpState.FIN_WAIT_2) {
            c.end(null); // The peer may never close; nobody waits for it (as Linux's tcp_fin_timeout).
        } else if (c.options.linger <= 0 && c.send.window > 0 && c.send.hasUnacknowledged()) {
            // Retransmission gives up by itself, after enough tries: where timeouts are long, a minute has but four of them.
            c.timers.set(ConnectionTimers.LIFE, now + TcpConnection.ORPHAN_LIFE);
        } else if (c.options.linger <= 0 && now - c.send.lastAdvanced < TcpConnection.ORPHAN_LIFE) {
            c.timers.set(ConnectionTimers.LIFE, c.send.lastAdvanced + TcpConnection.ORPHAN_LIFE); // What was written still flows.
        } else {
            c.abort(now);
        }
    }
}
