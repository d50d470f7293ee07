package dev.ristretto.network.tcp;

import dev.ristretto.network.stack.Counter;

/** Connections that we begin: SYN-SENT, and SYN-RECEIVED when both ends began at once (RFC 9293 §3.5). */
final class Handshake {
    private final Tcp tcp;

    Handshake(Tcp tcp) {
        this.tcp = tcp;
    }

    /** Sends the first SYN. The connection is in the table. */
    void begin(TcpConnection c, long now) {
        SendSide send = c.send;
        InitialSequence secrets = tcp.initialSequence;
        send.initial = secrets.number(c.localHigh, c.localLow, c.remoteHigh, c.remoteLow, c.ports(), now);
        send.timestampOffset = secrets.timestampOffset(c.localHigh, c.localLow, c.remoteHigh, c.remoteLow);
        send.unacknowledged = send.initial;
        send.next = send.initial + 1;
        c.state = TcpState.SYN_SENT;
        c.began = now;
        tcp.transmitter.synchronize(c, now);
        c.timers.set(ConnectionTimers.RETRANSMIT, now + send.recovery.roundTrip.timeout());
    }

    /** RFC 9293 §3.10.7.3. */
    void synSent(TcpConnection c, Segment s, long now) {
        SendSide send = c.send;
        boolean acknowledges = s.has(Segment.ACK);
        if (acknowledges && s.acknowledgment != send.next) {
            // It is about an older connection: the peer is told to forget that one.
            if (!s.has(Segment.RST)) {
                tcp.replies.reset(s, tcp.arrivedFrom);
            }
            return;
        }
        if (s.has(Segment.RST)) {
            if (acknowledges) {
                c.wasReset();
            }
            return;
        }
        if (!s.has(Segment.SYN)) {
            return;
        }
        takeSyn(c, s, now);
        if (!acknowledges) {
            c.state = TcpState.SYN_RECEIVED;
            tcp.transmitter.synchronize(c, now);
            c.timers.set(ConnectionTimers.RETRANSMIT, now + send.recovery.roundTrip.timeout());
            return;
        }
        send.windowSequence = s.sequence;
        send.windowAcknowledgment = s.acknowledgment;
        send.window = s.window; // The window of a SYN is never scaled (RFC 7323 §2.2).
        send.mostWindow = s.window;
        opened(c, now);
        c.receive.acknowledgeNow = true;
        tcp.transmitter.run(c, now);
    }

    private void takeSyn(TcpConnection c, Segment s, long now) {
        ReceiveSide receive = c.receive;
        receive.initial = s.sequence;
        receive.next = s.sequence + 1;
        receive.edge = receive.next + Math.min(receive.buffer.room(), 0xffff);
        receive.lastAcknowledged = receive.next;
        c.takeOptions(s.maximumSegmentSize, s.windowShift, s.sackPermitted, s.hasTimestamps, tcp.ownWindowShift);
        if (s.hasTimestamps) {
            receive.recentTimestamp = s.timestamp;
            receive.recentTimestampAt = now;
        }
    }

    private void opened(TcpConnection c, long now) {
        boolean wasRepeated = c.send.timeouts > 0;
        if (wasRepeated) {
            c.send.recovery.roundTrip.handshakeTimedOut();
        }
        c.establish(now, wasRepeated ? 0 : now - c.began);
        tcp.context.statistics().count(Counter.TCP_CONNECTIONS_OPENED);
        c.notifySocket();
    }

    /** The ACK field in SYN-RECEIVED. @return whether the connection is established and the segment is to be looked at further */
    boolean synReceived(TcpConnection c, Segment s, long now) {
        SendSide send = c.send;
        if (s.acknowledgment != send.next) {
            tcp.replies.reset(s, tcp.arrivedFrom);
            return false;
        }
        send.windowSequence = s.sequence;
        send.windowAcknowledgment = s.acknowledgment;
        send.window = s.window << send.windowShift;
        send.mostWindow = send.window;
        opened(c, now);
        if (send.finQueued) {
            c.state = TcpState.FIN_WAIT_1; // The program closed meanwhile.
        }
        return true;
    }
}
