package dev.ristretto.network.udp;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketQueue;
import dev.ristretto.network.socket.Datagram;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import dev.ristretto.network.wire.UdpHeader;
import java.nio.ByteBuffer;

/** Datagrams that wait in a socket to be received: packets whose content is the payload. Under the stack's lock. */
final class ReceivedDatagrams {
    /** What a datagram counts for besides its bytes, for small ones are many to the buffer's size. */
    private static final long EACH = 64;

    private final Udp udp;
    private final PacketQueue packets = new PacketQueue();
    /** What the buffers of the packets take, in bytes. */
    private long held;

    ReceivedDatagrams(Udp udp) {
        this.udp = udp;
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** Returns the length of the first; 0 if there is none. */
    int firstLength() {
        Packet packet = packets.peek();
        return packet == null ? 0 : packet.length();
    }

    /** Adds one, or drops it for lack of room. Takes the packet. @param limit bytes that may wait @return whether it was added */
    boolean add(Packet packet, int limit) {
        if (packets.bytes() + packets.count() * EACH + packet.length() > limit) {
            udp.drop(packet, Counter.DROP_UDP_QUEUE_FULL);
            return false;
        }
        Packet kept = udp.keep(packet, held);
        if (kept == null) {
            return false;
        }
        held += kept.capacity();
        packets.add(kept);
        return true;
    }

    /**
     * Copies the first out, as much as fits, and leaves it.
     *
     * @param from is told where it is from; may be null
     * @return bytes copied, or -1 if there is none
     */
    int look(ByteBuffer target, Datagram from) {
        Packet packet = packets.peek();
        if (packet == null) {
            return -1;
        }
        int bytes = Math.min(target.remaining(), packet.length());
        target.put(target.position(), packet.buffer(), packet.start(), bytes);
        target.position(target.position() + bytes);
        if (from != null) {
            fill(from, packet);
        }
        return bytes;
    }

    private static void fill(Datagram from, Packet packet) {
        ByteBuffer b = packet.buffer();
        int at = packet.networkHeader();
        int port = UdpHeader.sourcePort(b, packet.transportHeader());
        if (Ipv4Header.version(b, at) == 4) {
            from.fill(0, mapped(Ipv4Header.source(b, at)), port, 0, mapped(Ipv4Header.destination(b, at)), packet.interfaceIndex(), packet.length());
        } else {
            from.fill(Ipv6Header.sourceHigh(b, at), Ipv6Header.sourceLow(b, at), port, Ipv6Header.destinationHigh(b, at), Ipv6Header.destinationLow(b, at),
                    packet.interfaceIndex(), packet.length());
        }
    }

    private static long mapped(int v4) {
        return 0xffff_0000_0000L | v4 & 0xffffffffL;
    }

    /** Drops the first, if there is one. */
    void take() {
        Packet packet = packets.poll();
        if (packet != null) {
            held -= packet.capacity();
            udp.unqueued(packet);
            packet.release();
        }
    }

    void clear() {
        while (!packets.isEmpty()) {
            take();
        }
    }
}
