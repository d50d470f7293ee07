package dev.ristretto.launcher.gateway;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;

/** Where things are in an IP packet that came from the image: its headers have been checked, what is in it has not. Positions are in the buffer. */
final class ImagePacket {
    private ByteBuffer buffer;
    private int start;
    private int payload;
    private int end;
    private int protocol;
    private int hopLimit;
    private boolean isFragment;
    private IpAddress source;
    private IpAddress destination;

    /** The packet in an Ethernet frame; null if there is none, or it is damaged. */
    static ImagePacket of(byte[] frame) {
        ImagePacket packet = new ImagePacket();
        return packet.read(ByteBuffer.wrap(frame), 0, frame.length) ? packet : null;
    }

    /**
     * Reads another frame's. An IPv6 packet with extension headers other than a fragment's has the first of them as its protocol.
     *
     * @return false if it is no IP packet or damaged; nothing else may be asked then
     */
    boolean read(ByteBuffer b, int frame, int length) {
        buffer = b;
        start = frame + EthernetHeader.LENGTH;
        int left = length - EthernetHeader.LENGTH;
        if (left < Ipv4Header.LENGTH) {
            return false;
        }
        return switch (EthernetHeader.type(b, frame)) {
            case EthernetHeader.IPV4 -> readV4(left);
            case EthernetHeader.IPV6 -> left >= Ipv6Header.LENGTH && readV6(left);
            default -> false;
        };
    }

    private boolean readV4(int length) {
        int header = Ipv4Header.headerLength(buffer, start);
        int total = Ipv4Header.totalLength(buffer, start);
        if (Ipv4Header.version(buffer, start) != 4 || header < Ipv4Header.LENGTH || total < header || total > length) {
            return false;
        }
        payload = start + header;
        end = start + total;
        protocol = Ipv4Header.protocol(buffer, start);
        hopLimit = Ipv4Header.hopLimit(buffer, start);
        isFragment = (Ipv4Header.fragment(buffer, start) & 0x3fff) != 0;
        source = IpAddress.ofV4(Ipv4Header.source(buffer, start));
        destination = IpAddress.ofV4(Ipv4Header.destination(buffer, start));
        return true;
    }

    private boolean readV6(int length) {
        payload = start + Ipv6Header.LENGTH;
        end = payload + Ipv6Header.payloadLength(buffer, start);
        if (Ipv6Header.version(buffer, start) != 6 || end - start > length) {
            return false;
        }
        protocol = Ipv6Header.nextHeader(buffer, start);
        hopLimit = Ipv6Header.hopLimit(buffer, start);
        isFragment = protocol == IpProtocol.FRAGMENT;
        source = IpAddress.ofV6(Ipv6Header.sourceHigh(buffer, start), Ipv6Header.sourceLow(buffer, start));
        destination = IpAddress.ofV6(Ipv6Header.destinationHigh(buffer, start), Ipv6Header.destinationLow(buffer, start));
        // An IPv4 address is kept in its mapped form, which must not be on a wire.
        return source.isV6() && destination.isV6();
    }

    ByteBuffer buffer() {
        return buffer;
    }

    /** Where the IP header is. */
    int start() {
        return start;
    }

    /** Where what follows the IP header is. */
    int payload() {
        return payload;
    }

    int end() {
        return end;
    }

    int payloadLength() {
        return end - payload;
    }

    int protocol() {
        return protocol;
    }

    int hopLimit() {
        return hopLimit;
    }

    boolean isFragment() {
        return isFragment;
    }

    IpAddress source() {
        return source;
    }

    IpAddress destination() {
        return destination;
    }

    /** A copy of the Ethernet frame, to the packet's end. */
    byte[] copyFrame() {
        byte[] frame = new byte[EthernetHeader.LENGTH + end - start];
        buffer.get(start - EthernetHeader.LENGTH, frame);
        return frame;
    }
}
