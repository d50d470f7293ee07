package dev.ristretto.network.tcp;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpPath;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.time.Timer;

/** A connection that a peer began and has not completed: SYN-RECEIVED of RFC 9293, in as little memory as it takes to go on. */
final class HalfOpen extends Endpoint implements Timer.Action {
    /** Answers in all less one; then it is forgotten, after about a minute. */
    private static final int MOST_TIMEOUTS = 5;

    final Tcp tcp;
    final ListeningSocket listener;
    final IpPath path;
    final int initial;
    final int receiveInitial;
    final int peerSegmentSize;
    final int peerWindowShift;
    final boolean usesSack;
    final boolean usesTimestamps;
    final boolean usesEcn;
    final int timestampOffset;
    final long began;
    int recentTimestamp;
    int timeouts;
    private final Timer timer = new Timer(this);

    HalfOpen(ListeningSocket listener, IpPath path, Segment syn, int initial, int timestampOffset, boolean usesEcn, long now) {
        super(path.local().high(), path.local().low(), path.remote().high(), path.remote().low(), syn.destinationPort, syn.sourcePort);
        this.tcp = listener.tcp;
        this.listener = listener;
        this.path = path;
        this.initial = initial;
        receiveInitial = syn.sequence;
        peerSegmentSize = syn.maximumSegmentSize;
        peerWindowShift = syn.windowShift;
        usesSack = syn.sackPermitted;
        usesTimestamps = syn.hasTimestamps;
        recentTimestamp = syn.timestamp;
        this.usesEcn = usesEcn;
        this.timestampOffset = timestampOffset;
        began = now;
    }

    void begin(long now) {
        tcp.remember(this);
        tcp.halfOpen++;
        listener.halfOpen++;
        answer(now);
        tcp.context.timers().set(timer, now + RttEstimator.INITIAL_TIMEOUT);
    }

    /** Forgets it. */
    void remove() {
        if (inTable) {
            tcp.context.timers().cancel(timer);
            tcp.forget(this);
            tcp.halfOpen--;
            listener.halfOpen--;
        }
    }

    int timestamp(long now) {
        return (int) (now / RttEstimator.MILLISECOND) + timestampOffset;
    }

    private void answer(long now) {
        tcp.synAcks.send(this, now);
    }

    @Override
    public void expired(long now) {
        if (++timeouts > MOST_TIMEOUTS) {
            remove();
            return;
        }
        answer(now);
        tcp.context.timers().set(timer, now + (RttEstimator.INITIAL_TIMEOUT << timeouts));
    }

    @Override
    void arrived(Segment s, Packet packet, IpInput from, long now) {
        if (s.has(Segment.RST)) {
            if (s.sequence == receiveInitial + 1) {
                remove();
            } else if (s.sequence - receiveInitial > 0 && s.sequence - receiveInitial <= listener.offeredWindow()) {
                acknowledge(s, from, now);
            }
            return;
        }
        if (s.has(Segment.SYN)) {
            if (s.sequence == receiveInitial && !s.has(Segment.ACK)) {
                answer(now); // It has not got our answer.
            } else {
                acknowledge(s, from, now);
            }
            return;
        }
        if (!s.has(Segment.ACK)) {
            return;
        }
        if (s.acknowledgment != initial + 1) {
            tcp.replies.reset(s, from);
            return;
        }
        boolean isOld = usesTimestamps && (!s.hasTimestamps || Sequence.less(s.timestamp, recentTimestamp));
        int ahead = s.sequence - receiveInitial - 1;
        if (isOld || ahead < 0 || ahead > listener.offeredWindow()) {
            tcp.context.statistics().count(Counter.DROP_TCP_OUT_OF_WINDOW);
            acknowledge(s, from, now);
            return;
        }
        if (listener.isFull()) {
            // Not now: our answer is repeated, and so will the peer's be.
            tcp.context.statistics().count(Counter.DROP_TCP_BACKLOG_FULL);
            return;
        }
        remove();
        TcpConnection c = listener.established(path, localPort, remotePort);
        c.send.initial = initial;
        c.send.timestampOffset = timestampOffset;
        c.takeOptions(peerSegmentSize, peerWindowShift, usesSack, usesTimestamps, tcp.ownWindowShift);
        c.send.usesEcn = usesEcn;
        c.receive.initial = receiveInitial;
        c.receive.recentTimestamp = recentTimestamp;
        listener.complete(c, s, packet, from, timeouts > 0 ? 0 : now - began, now);
    }

    private void acknowledge(Segment s, IpInput from, long now) {
        if (tcp.challenges.mayAnswer(now)) {
            tcp.replies.acknowledge(s, from, initial + 1, receiveInitial + 1, listener.offeredWindow(), usesTimestamps, timestamp(now), recentTimestamp);
        }
    }
}
