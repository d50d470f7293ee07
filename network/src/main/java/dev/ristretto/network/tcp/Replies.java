package dev.ristretto.network.tcp;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpInput;
import dev.ristretto.network.ip.IpLayer;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.stack.Counter;

/** Segments sent back where one came from, without a connection. */
final class Replies {
    private final Tcp tcp;
    private final Segment segment = new Segment();

    Replies(Tcp tcp) {
        this.tcp = tcp;
    }

    private Segment begin(Segment to) {
        Segment s = segment;
        s.clear();
        s.sourcePort = to.destinationPort;
        s.destinationPort = to.sourcePort;
        return s;
    }

    private void send(Segment s, IpInput from) {
        Packet packet = tcp.transmitter.write(s);
        if (packet != null) {
            tcp.ip.reply(from, packet, IpProtocol.TCP, Transmitter.CHECKSUM, IpLayer.DEFAULT_HOP_LIMIT, 0);
        }
    }

    /** Nobody is here (RFC 9293 §3.10.7.1). Never in answer to a reset. */
    void reset(Segment to, IpInput from) {
        if (to.has(Segment.RST)) {
            return;
        }
        Segment s = begin(to);
        if (to.has(Segment.ACK)) {
            s.flags = Segment.RST;
            s.sequence = to.acknowledgment;
        } else {
            s.flags = Segment.RST | Segment.ACK;
            s.acknowledgment = to.sequence + to.length();
        }
        tcp.context.statistics().count(Counter.TCP_RESETS_OUT);
        send(s, from);
    }

    /** Says where things stand. */
    void acknowledge(Segment to, IpInput from, int sequence, int acknowledgment, int window, boolean timestamps, int timestamp, int echo) {
        Segment s = begin(to);
        s.flags = Segment.ACK;
        s.sequence = sequence;
        s.acknowledgment = acknowledgment;
        s.window = window;
        s.hasTimestamps = timestamps;
        s.timestamp = timestamp;
        s.timestampEcho = echo;
        send(s, from);
    }

    /** Answers a SYN. Options that the SYN did not have are left out. @param mtu of the way back, headers included */
    void synAck(Segment syn, IpInput from, int sequence, int timestamp, int window, int offeredSegmentSize, int windowShift, boolean ecn) {
        Segment s = begin(syn);
        s.flags = Segment.SYN | Segment.ACK | (ecn ? Segment.ECE : 0);
        s.sequence = sequence;
        s.acknowledgment = syn.sequence + 1;
        s.window = window;
        s.maximumSegmentSize = offeredSegmentSize;
        s.sackPermitted = syn.sackPermitted;
        s.windowShift = syn.windowShift >= 0 ? windowShift : -1;
        s.hasTimestamps = syn.hasTimestamps;
        s.timestamp = timestamp;
        s.timestampEcho = syn.timestamp;
        send(s, from);
    }
}
