package dev.ristretto.network.tcp;

import dev.ristretto.network.device.GsoType;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.stack.Counter;

/** Decides what a connection sends now, and sends it (RFC 9293 §3.8). One per stack: its segment is reused. */
final class Transmitter {
    /** Where in the header the checksum is. */
    static final int CHECKSUM = 16;
    private static final int ECN_CAPABLE = 2;

    private final Tcp tcp;
    private final Segment segment = new Segment();

    Transmitter(Tcp tcp) {
        this.tcp = tcp;
    }

    /** Sends all that may go out: what is lost, new data, the FIN, and an acknowledgement if one is owed. */
    void run(TcpConnection c, long now) {
        if (!c.state.isSynchronized()) {
            return;
        }
        c.refreshPath();
        SendSide send = c.send;
        // What came early is reported in a segment of its own: beside a full payload there is no room.
        if (c.receive.acknowledgeNow && !c.receive.buffer.early().isEmpty()) {
            acknowledge(c, now);
        }
        if (!send.isBlocked) {
            send.isWindowLimited = false;
            send.waitsForWindow = false;
            if (sendAgain(c, now)) {
                sendNew(c, now);
            }
        }
        if (c.receive.acknowledgeNow) {
            acknowledge(c, now);
        }
        armTimers(c, now);
    }

    /** @return whether all that was lost is under way again */
    private boolean sendAgain(TcpConnection c, long now) {
        SendSide send = c.send;
        LossRecovery recovery = send.recovery;
        int i = recovery.firstLost();
        if (i < 0) {
            return true;
        }
        for (; i < recovery.sent.count() && recovery.sent.lostBytes() > 0; i++) {
            if (!recovery.sent.is(i, SentSegments.LOST)) {
                continue;
            }
            int length = recovery.sent.length(i);
            if (recovery.allowance(send.unacknowledged, send.next) < Math.min(length, send.segmentSize)) {
                send.isWindowLimited = true;
                return false;
            }
            if (!sendAgain(c, i, now)) {
                return false;
            }
            tcp.context.statistics().count(Counter.TCP_FAST_RETRANSMITS);
        }
        return true;
    }

    /** Sends one segment in flight another time. @return whether IP took it */
    boolean sendAgain(TcpConnection c, int i, long now) {
        SendSide send = c.send;
        SentSegments sent = send.recovery.sent;
        boolean isFin = sent.is(i, SentSegments.FIN);
        int from = sent.start(i);
        int length = sent.length(i);
        if (!send(c, from, isFin ? length - 1 : length, Segment.ACK | Segment.PSH | (isFin ? Segment.FIN : 0), false, now)) {
            return false;
        }
        tcp.context.statistics().count(Counter.TCP_RETRANSMITTED);
        sent.resent(i, now);
        send.recovery.sent(length);
        return true;
    }

    private void sendNew(TcpConnection c, long now) {
        SendSide send = c.send;
        LossRecovery recovery = send.recovery;
        int unsent = send.unsent();
        if (unsent > 0 && !send.hasUnacknowledged() && send.lastSent != 0 && now - send.lastSent > recovery.roundTrip.timeout()) {
            recovery.control().restartAfterIdle();
        }
        while (unsent > 0 || send.finQueued && !send.finSent) {
            int usable = send.usableWindow();
            if (usable <= 0) {
                return;
            }
            int size = send.segmentSize;
            int length = Math.min(Math.min(unsent, usable), c.largestPayload());
            int allowance = recovery.allowance(send.unacknowledged, send.next);
            if (length > allowance) {
                send.isWindowLimited = true;
                length = allowance / size * size;
                if (length == 0) {
                    return;
                }
            }
            boolean takesRest = length == unsent;
            boolean withFin = takesRest && send.finQueued && length < usable;
            if (length > size && length % size != 0 && !(takesRest && (withFin || c.options.noDelay))) {
                length -= length % size;
                takesRest = false;
            } else if (length < size && !mayBeSmall(c, length, takesRest, withFin)) {
                return;
            }
            if (length == 0 && !withFin) {
                return;
            }
            length = transmit(c, length, takesRest, withFin, now);
            if (length < 0) {
                return;
            }
            unsent -= length;
        }
    }

    /** Nagle's rule, and the avoidance of silly windows (RFC 9293 §3.7.4 and 3.8.6.2.1). */
    private static boolean mayBeSmall(TcpConnection c, int length, boolean takesRest, boolean withFin) {
        SendSide send = c.send;
        if (takesRest) {
            return withFin || c.options.noDelay || !send.hasUnacknowledged() || send.finQueued;
        }
        // The peer's window is what cuts it short.
        if (length >= send.mostWindow / 2) {
            return true;
        }
        send.waitsForWindow = true;
        return false;
    }

    /** Sends new data. @return bytes sent, possibly fewer than asked for when memory is short, or -1 if none */
    private int transmit(TcpConnection c, int length, boolean takesRest, boolean withFin, long now) {
        SendSide send = c.send;
        int flags = Segment.ACK | (takesRest ? Segment.PSH : 0) | (withFin ? Segment.FIN : 0);
        int sentLength = length;
        if (!send(c, send.next, length, flags, true, now)) {
            if (length <= send.segmentSize) {
                return -1;
            }
            // There are no large packets at this moment, but perhaps small ones.
            tcp.unblock(c);
            sentLength = send.segmentSize;
            flags = Segment.ACK;
            withFin = false;
            if (!send(c, send.next, sentLength, flags, true, now)) {
                return -1;
            }
        }
        record(c, sentLength, withFin, now);
        return sentLength;
    }

    private void record(TcpConnection c, int length, boolean withFin, long now) {
        SendSide send = c.send;
        SentSegments sent = send.recovery.sent;
        int end = send.next + length;
        int finAt = withFin ? 1 : 0;
        for (int from = send.next; from != end + finAt;) {
            int to = Sequence.min(from + send.segmentSize, end);
            boolean isLast = to == end;
            sent.append(from, isLast ? to + finAt : to, now, isLast && withFin);
            from = isLast ? to + finAt : to;
        }
        send.next = end + finAt;
        send.recovery.sent(length);
        send.lastSent = now;
        if (withFin) {
            send.finSent = true;
        }
    }

    /** Sends one byte, or the FIN, into a window that is closed, or what fits into one that stays small (RFC 9293 §3.8.6.1). */
    void probeWindow(TcpConnection c, long now) {
        int length = Math.min(c.send.unsent(), Math.clamp(c.send.usableWindow(), 1, c.send.segmentSize));
        boolean withFin = length == 0;
        if (send(c, c.send.next, length, Segment.ACK | (withFin ? Segment.FIN : 0), true, now)) {
            record(c, length, withFin, now);
        }
    }

    /** Sends one segment of new data although the congestion window may be full (TLP). @return whether there was one */
    boolean probeWithNewData(TcpConnection c, long now) {
        SendSide send = c.send;
        int length = Math.min(Math.min(send.unsent(), send.usableWindow()), send.segmentSize);
        if (length <= 0 || !send(c, send.next, length, Segment.ACK | Segment.PSH, true, now)) {
            return false;
        }
        record(c, length, false, now);
        return true;
    }

    /** Says that the peer is to answer: a byte before what it waits for (RFC 9293 §3.8.4). */
    void keepAlive(TcpConnection c, long now) {
        send(c, c.send.unacknowledged - 1, 0, Segment.ACK, false, now);
    }

    void acknowledge(TcpConnection c, long now) {
        c.refreshPath();
        send(c, c.send.next, 0, Segment.ACK, false, now);
    }

    private boolean send(TcpConnection c, int sequence, int length, int flags, boolean isNew, long now) {
        SendSide send = c.send;
        ReceiveSide receive = c.receive;
        Segment s = segment;
        s.clear();
        s.sourcePort = c.localPort;
        s.destinationPort = c.remotePort;
        s.sequence = sequence;
        s.acknowledgment = receive.next;
        s.flags = flags;
        if (send.usesTimestamps) {
            s.hasTimestamps = true;
            s.timestamp = send.timestamp(now);
            s.timestampEcho = receive.recentTimestamp;
        }
        if (length == 0 && send.usesSack) {
            reportEarly(receive, s);
        }
        int trafficClass = c.options.trafficClass;
        if (send.usesEcn) {
            if (receive.echoCongestion) {
                s.flags |= Segment.ECE;
            }
            if (isNew && length > 0) {
                // Retransmissions are not marked as capable (RFC 3168 §6.1.5).
                trafficClass |= ECN_CAPABLE;
                if (send.reportReduced) {
                    s.flags |= Segment.CWR;
                }
            }
        }
        int headerLength = s.headerLength();
        Packet packet = tcp.ip.allocate(headerLength + length);
        if (packet == null) {
            tcp.block(c);
            return false;
        }
        s.window = receive.offerWindow(false);
        int at = packet.append(headerLength + length);
        s.write(packet.buffer(), at);
        if (length > 0) {
            send.buffer.read(sequence - send.unacknowledged, packet.buffer(), at + headerLength, length);
            if (length > send.segmentSize) {
                packet.segment(c.path.local().isV4() ? GsoType.TCP_V4 : GsoType.TCP_V6, send.segmentSize, headerLength);
            }
        }
        tcp.context.statistics().count(Counter.TCP_SEGMENTS_OUT);
        if (!tcp.ip.output(c.path, packet, IpProtocol.TCP, CHECKSUM, c.options.hopLimit, trafficClass, false)) {
            tcp.block(c);
            return false;
        }
        if (isNew && length > 0) {
            send.reportReduced = false;
        }
        receive.acknowledged();
        receive.duplicateTo = receive.duplicateFrom;
        c.timers.cancel(ConnectionTimers.ACKNOWLEDGE);
        return true;
    }

    private static void reportEarly(ReceiveSide receive, Segment s) {
        int most = s.hasTimestamps ? 3 : 4;
        if (receive.duplicateFrom != receive.duplicateTo) {
            s.sackFrom[0] = receive.duplicateFrom;
            s.sackTo[0] = receive.duplicateTo;
            s.sackBlocks = 1;
        }
        if (!receive.buffer.early().isEmpty()) {
            receive.buffer.early().report(s, most);
        }
    }

    /** Starts or stops what waits for acknowledgements (RFC 6298 §5.1, RFC 8985 §7.2, RFC 9293 §3.8.6.1). */
    private void armTimers(TcpConnection c, long now) {
        SendSide send = c.send;
        ConnectionTimers timers = c.timers;
        RttEstimator roundTrip = send.recovery.roundTrip;
        if (send.hasUnacknowledged()) {
            if (!timers.isSet(ConnectionTimers.RETRANSMIT)) {
                timers.set(ConnectionTimers.RETRANSMIT, now + roundTrip.timeout());
            }
            if ((send.lastSent == now || !timers.isSet(ConnectionTimers.PROBE)) && send.recovery.mayProbe()) {
                long timeout = send.recovery.probeTimeout(send.recovery.sent.count() == 1, RttEstimator.LEAST_TIMEOUT);
                if (timeout < roundTrip.timeout()) {
                    timers.set(ConnectionTimers.PROBE, now + timeout);
                }
            }
        } else if (send.unsent() > 0 || send.finQueued && !send.finSent) {
            // The window is closed, or there was no packet: nothing else would wake this connection.
            if (!timers.isSet(ConnectionTimers.RETRANSMIT)) {
                timers.set(ConnectionTimers.RETRANSMIT, now + roundTrip.timeout());
            }
        } else {
            timers.cancel(ConnectionTimers.RETRANSMIT);
            timers.cancel(ConnectionTimers.PROBE);
        }
    }

    /** Sends the SYN of a connection that we begin, or the answer to a SYN that crossed it. */
    void synchronize(TcpConnection c, long now) {
        SendSide send = c.send;
        Segment s = segment;
        s.clear();
        s.sourcePort = c.localPort;
        s.destinationPort = c.remotePort;
        s.sequence = send.initial;
        s.flags = Segment.SYN;
        s.maximumSegmentSize = c.offeredSegmentSize();
        boolean answers = c.state == TcpState.SYN_RECEIVED;
        if (answers) {
            s.flags |= Segment.ACK;
            s.acknowledgment = c.receive.next;
        }
        // What the peer did not offer in its own SYN may not be in the answer.
        if (answers ? send.usesTimestamps : tcp.settings.timestamps()) {
            s.hasTimestamps = true;
            s.timestamp = send.timestamp(now);
            s.timestampEcho = answers ? c.receive.recentTimestamp : 0;
        }
        s.sackPermitted = answers ? send.usesSack : tcp.settings.sack();
        if (answers ? send.usesWindowScaling : tcp.settings.windowScaling()) {
            s.windowShift = tcp.ownWindowShift;
        }
        s.window = Math.min(c.receive.buffer.room(), 0xffff);
        c.receive.edge = c.receive.next + s.window;
        c.refreshPath();
        Packet packet = write(s);
        if (packet != null) {
            tcp.ip.output(c.path, packet, IpProtocol.TCP, CHECKSUM, c.options.hopLimit, c.options.trafficClass, false);
        }
    }

    /** A packet with a segment without payload, or null. */
    Packet write(Segment s) {
        int length = s.headerLength();
        Packet packet = tcp.ip.allocate(length);
        if (packet != null) {
            s.write(packet.buffer(), packet.append(length));
            tcp.context.statistics().count(Counter.TCP_SEGMENTS_OUT);
        }
        return packet;
    }

    /** Tells the peer that the connection is broken off. */
    void reset(TcpConnection c, long now) {
        Segment s = segment;
        s.clear();
        s.sourcePort = c.localPort;
        s.destinationPort = c.remotePort;
        s.sequence = c.send.next;
        s.acknowledgment = c.receive.next;
        s.flags = Segment.RST | Segment.ACK;
        if (c.send.usesTimestamps) {
            s.hasTimestamps = true;
            s.timestamp = c.send.timestamp(now);
            s.timestampEcho = c.receive.recentTimestamp;
        }
        Packet packet = write(s);
        if (packet != null) {
            tcp.context.statistics().count(Counter.TCP_RESETS_OUT);
            tcp.ip.output(c.path, packet, IpProtocol.TCP, CHECKSUM, c.options.hopLimit, c.options.trafficClass, false);
        }
    }
}
