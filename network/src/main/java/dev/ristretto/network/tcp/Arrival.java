package dev.ristretto.network.tcp;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.stack.Counter;

/** What an arriving segment does to a connection: RFC 9293 §3.10.7.4, step by step, with the precautions of RFC 5961. */
final class Arrival {
    private static final int CONGESTION_EXPERIENCED = 3;

    private final Tcp tcp;

    Arrival(Tcp tcp) {
        this.tcp = tcp;
    }

    void process(TcpConnection c, Segment s, Packet packet, IpInput from, long now) {
        if (c.state == TcpState.SYN_SENT) {
            tcp.handshake.synSent(c, s, now);
            return;
        }
        s.congestionExperienced = (from.trafficClass & 3) == CONGESTION_EXPERIENCED;
        if (!isAcceptable(c, s, now)) {
            return;
        }
        if (s.has(Segment.RST)) {
            if (s.sequence == c.receive.next) {
                c.wasReset();
            } else {
                tcp.challenge(c, now); // RFC 5961 §3.2: only the exact number resets.
            }
            return;
        }
        if (s.has(Segment.SYN)) {
            if (c.state == TcpState.SYN_RECEIVED && s.sequence == c.receive.initial) {
                tcp.transmitter.synchronize(c, now); // Our answer to the SYN that crossed ours was lost.
            } else {
                tcp.challenge(c, now); // RFC 5961 §4.2.
            }
            return;
        }
        if (!s.has(Segment.ACK)) {
            return;
        }
        if (c.state == TcpState.SYN_RECEIVED && !tcp.handshake.synReceived(c, s, now)) {
            return;
        }
        c.lastHeard = now;
        c.keepAliveProbes = 0;
        if (!acknowledgment(c, s, now)) {
            return;
        }
        if (s.payloadLength > 0 || s.has(Segment.FIN)) {
            text(c, s, packet, now);
        }
        if (c.state.isSynchronized()) {
            tcp.transmitter.run(c, now);
        }
    }

    /** First checks: timestamps (RFC 7323 §5.3) and the window. What fails is answered with an acknowledgement, unless it is a reset. */
    private boolean isAcceptable(TcpConnection c, Segment s, long now) {
        ReceiveSide receive = c.receive;
        boolean isReset = s.has(Segment.RST);
        if (c.send.usesTimestamps && !isReset) {
            if (!s.hasTimestamps) {
                tcp.context.statistics().count(Counter.DROP_TCP_OUT_OF_WINDOW);
                return false; // RFC 7323 §3.2: silently.
            }
            if (receive.isOld(s, now)) {
                tcp.context.statistics().count(Counter.DROP_TCP_OUT_OF_WINDOW);
                noteDuplicate(c, s);
                tcp.challenge(c, now);
                return false;
            }
        }
        int end = s.sequence + s.length();
        // A segment that touches the window will do: its acknowledgement is good even when no byte of it is new (§3.10.7.4, MUST-66).
        if (Sequence.less(end, receive.next) || Sequence.less(receive.edge, s.sequence)) {
            tcp.context.statistics().count(Counter.DROP_TCP_OUT_OF_WINDOW);
            if (!isReset) {
                noteDuplicate(c, s);
                if (s.payloadLength > 0 || s.has(Segment.FIN)) {
                    tcp.transmitter.acknowledge(c, now);
                } else {
                    tcp.challenge(c, now);
                }
            }
            return false;
        }
        if (c.send.usesTimestamps && s.hasTimestamps && !isReset) {
            receive.noteTimestamp(s, now);
        }
        return true;
    }

    private static void noteDuplicate(TcpConnection c, Segment s) {
        if (c.send.usesSack && s.payloadLength > 0 && Sequence.less(s.sequence, c.receive.next)) {
            c.receive.duplicateFrom = s.sequence;
            c.receive.duplicateTo = Sequence.min(s.sequence + s.payloadLength, c.receive.next);
        }
    }

    /** The ACK field. @return whether the segment is to be looked at further */
    private boolean acknowledgment(TcpConnection c, Segment s, long now) {
        SendSide send = c.send;
        int ack = s.acknowledgment;
        if (Sequence.less(send.next, ack) || Sequence.less(ack, send.unacknowledged - send.mostWindow)) {
            tcp.context.statistics().count(Counter.DROP_TCP_OUT_OF_WINDOW);
            tcp.challenge(c, now); // It acknowledges what was never sent, or is very old (RFC 5961 §5.2).
            return false;
        }
        int before = send.unacknowledged;
        boolean advanced = Sequence.less(before, ack);
        int window = s.window << send.windowShift;
        boolean isDuplicate = ack == before && s.payloadLength == 0 && !s.has(Segment.FIN) && window == send.window && send.hasUnacknowledged();
        boolean hadRoom = c.isWritable();
        boolean wasClosed = send.window == 0;
        int reached = Sequence.max(before, ack);
        if (advanced) {
            advance(c, ack);
        }
        if (!Sequence.less(ack, before)) {
            updateWindow(send, s, window);
        }
        if (send.usesEcn && s.has(Segment.ECE)) {
            send.recovery.marked(reached, send.next, now);
            send.reportReduced = true;
        }
        long wait = 0;
        if (advanced || isDuplicate || s.sackBlocks > 0) {
            wait = send.recovery.acknowledged(s, before, reached, send.next, isDuplicate, send.isWindowLimited, send.timestamp(now), now);
        }
        if (wait > 0) {
            c.timers.set(ConnectionTimers.REORDER, now + wait);
        } else {
            c.timers.cancel(ConnectionTimers.REORDER);
        }
        if (advanced) {
            send.timeouts = 0;
            send.lastAdvanced = now;
            c.softError = null;
            c.growSendBuffer();
            c.path.confirm();
            c.timers.cancel(ConnectionTimers.RETRANSMIT);
            c.timers.cancel(ConnectionTimers.PROBE);
            if ((!hadRoom || c.isStarving) && c.isWritable()) {
                c.isStarving = false;
                c.notifySocket();
            }
        } else if (send.window == 0) {
            send.timeouts = 0; // A peer that answers the probes of its closed window is alive (RFC 9293 §3.8.6.1).
        } else if (wasClosed && send.hasUnacknowledged()) {
            // The window has opened, and did not take the probe in: send it again at once.
            send.recovery.roundTrip.forward();
            tcp.transmitter.sendAgain(c, 0, now);
            c.timers.cancel(ConnectionTimers.RETRANSMIT);
        } else if (wasClosed) {
            send.recovery.roundTrip.forward();
            c.timers.cancel(ConnectionTimers.RETRANSMIT);
        }
        if (send.finAcknowledged && advanced) {
            finAcknowledged(c, now);
        }
        return c.state != TcpState.CLOSED && c.state != TcpState.TIME_WAIT;
    }

    private static void advance(TcpConnection c, int ack) {
        SendSide send = c.send;
        int bytes = ack - send.unacknowledged;
        if (send.finSent && ack == send.next) {
            send.finAcknowledged = true;
            bytes--;
        }
        if (bytes > 0) {
            send.buffer.acknowledge(bytes);
        }
        send.unacknowledged = ack;
    }

    private static void updateWindow(SendSide send, Segment s, int window) {
        if (Sequence.less(send.windowSequence, s.sequence)
                || send.windowSequence == s.sequence && Sequence.lessOrEqual(send.windowAcknowledgment, s.acknowledgment)) {
            send.window = window;
            send.windowSequence = s.sequence;
            send.windowAcknowledgment = s.acknowledgment;
            send.mostWindow = Math.max(send.mostWindow, window);
        }
    }

    private void finAcknowledged(TcpConnection c, long now) {
        switch (c.state) {
            case FIN_WAIT_1 -> {
                c.state = TcpState.FIN_WAIT_2;
                if (c.socket == null) {
                    c.timers.set(ConnectionTimers.LIFE, now + Expiry.FIN_WAIT_2_LIFE);
                }
            }
            case CLOSING -> c.enterTimeWait(now);
            case LAST_ACK -> c.end(null);
            default -> { }
        }
    }

    /** The payload and the FIN. */
    private void text(TcpConnection c, Segment s, Packet packet, long now) {
        ReceiveSide receive = c.receive;
        if (c.send.usesEcn) {
            if (s.has(Segment.CWR)) {
                receive.echoCongestion = false;
            }
            if (s.congestionExperienced) {
                receive.echoCongestion = true;
                receive.acknowledgeNow = true;
            }
        }
        if (!c.state.mayReceive()) {
            receive.acknowledgeNow = true; // After its FIN a peer has nothing more to say; it repeats itself.
            return;
        }
        int sequence = s.sequence;
        int offset = s.payloadOffset;
        int length = s.payloadLength;
        if (length > 0 && c.socket == null && Sequence.less(receive.next, sequence + length)) {
            c.abort(now); // Data for a program that has gone (RFC 2525 §2.17).
            return;
        }
        if (s.has(Segment.FIN)) {
            receive.finKnown = true;
            receive.finSequence = sequence + length;
        }
        int before = Sequence.less(sequence, receive.next) ? Math.min(receive.next - sequence, length) : 0;
        if (before > 0) {
            noteDuplicate(c, s);
            receive.acknowledgeNow = true;
            sequence += before;
            offset += before;
            length -= before;
        }
        int beyond = sequence + length - receive.edge;
        if (beyond > 0) {
            receive.acknowledgeNow = true;
            length = Math.max(length - beyond, 0);
        }
        if (length > 0) {
            store(c, sequence, packet, offset, length, now);
        }
        if (receive.finKnown && receive.finSequence == receive.next) {
            finReceived(c, now);
        } else if (s.has(Segment.FIN)) {
            receive.acknowledgeNow = true;
        }
    }

    private void store(TcpConnection c, int sequence, Packet packet, int offset, int length, long now) {
        ReceiveSide receive = c.receive;
        boolean inOrder = sequence == receive.next;
        boolean hadGaps = !receive.buffer.early().isEmpty();
        int moved;
        if (receive.isShut) {
            moved = inOrder ? length : 0;
        } else {
            if (!inOrder && receive.buffer.early().contains(sequence, sequence + length) && c.send.usesSack) {
                receive.duplicateFrom = sequence;
                receive.duplicateTo = sequence + length;
            }
            moved = receive.buffer.store(receive.next, sequence, packet, offset, length);
        }
        receive.next += moved;
        if (moved == 0 || hadGaps) {
            // Early, or part of a gap: the peer learns at once (RFC 5681 §4.2).
            receive.acknowledgeNow = true;
            if (inOrder && moved == 0) {
                tcp.context.statistics().count(Counter.DROP_TCP_LIMIT);
            }
        } else if (!receive.mayDelay(moved, c.options.quickAck)) {
            receive.acknowledgeNow = true;
        } else if (!c.timers.isSet(ConnectionTimers.ACKNOWLEDGE)) {
            c.timers.set(ConnectionTimers.ACKNOWLEDGE, now + ReceiveSide.DELAY);
        }
        if (moved > 0 && !receive.isShut) {
            c.notifySocket();
        }
    }

    private void finReceived(TcpConnection c, long now) {
        ReceiveSide receive = c.receive;
        receive.finReceived = true;
        receive.next++;
        receive.edge = Sequence.max(receive.edge, receive.next);
        receive.acknowledgeNow = true;
        switch (c.state) {
            case ESTABLISHED -> c.state = TcpState.CLOSE_WAIT;
            case FIN_WAIT_1 -> c.state = TcpState.CLOSING;
            case FIN_WAIT_2 -> {
                tcp.transmitter.acknowledge(c, now);
                c.notifySocket();
                c.enterTimeWait(now);
                return;
            }
            default -> { }
        }
        c.notifySocket();
    }
}
