package dev.ristretto.network.tcp;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpInput;

/**
 * The memory of a connection that we closed first (RFC 9293 §3.6.1): so little of it that many can be kept. It answers a repeated FIN, and
 * keeps late segments from a later connection between the same sockets.
 */
final class TimeWait extends Endpoint {
    /** Twice the maximum segment lifetime, which is taken for 30 seconds, as on Linux. */
    static final long LIFE = 60 * RttEstimator.SECOND;
    /** How far a new connection's numbers begin beyond the old one's. */
    private static final int GAP = 1 << 17;

    private final Tcp tcp;
    private final int sendNext;
    private final int receiveNext;
    private final boolean usesTimestamps;
    private final int recentTimestamp;
    private final int timestampOffset;
    private final int window;
    long due;
    /** Neighbours in {@link TimeWaits}. */
    TimeWait older;
    TimeWait newer;

    TimeWait(Tcp tcp, TcpConnection c, long now) {
        super(c.localHigh, c.localLow, c.remoteHigh, c.remoteLow, c.localPort, c.remotePort);
        this.tcp = tcp;
        sendNext = c.send.next;
        receiveNext = c.receive.next;
        usesTimestamps = c.send.usesTimestamps;
        recentTimestamp = c.receive.recentTimestamp;
        timestampOffset = c.send.timestampOffset;
        window = Math.clamp(c.receive.window() >> c.receive.windowShift, 0, 0xffff);
        due = now + LIFE;
    }

    @Override
    void arrived(Segment s, Packet packet, IpInput from, long now) {
        if (s.has(Segment.RST)) {
            return; // An old reset may not end it early (RFC 1337).
        }
        if (s.has(Segment.SYN) && !s.has(Segment.ACK)) {
            // RFC 6191: newer timestamps, or numbers beyond the old ones, are a new connection.
            boolean isNewer = usesTimestamps && s.hasTimestamps
                ? Sequence.less(recentTimestamp, s.timestamp)
                : Sequence.less(receiveNext, s.sequence);
            if (isNewer || Sequence.less(receiveNext, s.sequence)) {
                ListeningSocket listener = tcp.listenerFor(from, s);
                if (listener != null) {
                    tcp.timeWaits.remove(this);
                    listener.synArrived(s, packet, from, sendNext + GAP, now);
                    return;
                }
            }
        }
        if (s.has(Segment.FIN) && s.sequence + s.length() == receiveNext) {
            tcp.timeWaits.restart(this, now);
        }
        // An acknowledgement that is fine is not answered, or two such memories would talk for ever.
        if (s.length() > 0 || s.sequence != receiveNext) {
            if (tcp.challenges.mayAnswer(now)) {
                tcp.replies.acknowledge(s, from, sendNext, receiveNext, window, usesTimestamps,
                    (int) (now / RttEstimator.MILLISECOND) + timestampOffset, recentTimestamp);
            }
        }
    }
}
