package dev.ristretto.network.tcp;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpProtocol;

/** Answers to SYNs for which a {@link HalfOpen} is kept. */
final class SynAcks {
    private final Tcp tcp;
    private final Segment segment = new Segment();

    SynAcks(Tcp tcp) {
        this.tcp = tcp;
    }

    void send(HalfOpen h, long now) {
        Segment s = segment;
        s.clear();
        s.sourcePort = h.localPort;
        s.destinationPort = h.remotePort;
        s.flags = Segment.SYN | Segment.ACK | (h.usesEcn ? Segment.ECE : 0);
        s.sequence = h.initial;
        s.acknowledgment = h.receiveInitial + 1;
        s.window = h.listener.offeredWindow();
        s.maximumSegmentSize = h.path.mtu() - h.path.headerLength() - Segment.LEAST_HEADER;
        s.sackPermitted = h.usesSack;
        s.windowShift = h.peerWindowShift >= 0 ? tcp.ownWindowShift : -1;
        if (h.usesTimestamps) {
            s.hasTimestamps = true;
            s.timestamp = h.timestamp(now);
            s.timestampEcho = h.recentTimestamp;
        }
        Packet packet = tcp.transmitter.write(s);
        if (packet != null) {
            TcpOptions options = h.listener.options;
            tcp.ip.output(h.path, packet, IpProtocol.TCP, Transmitter.CHECKSUM, options.hopLimit, options.trafficClass, false);
        }
    }
}
