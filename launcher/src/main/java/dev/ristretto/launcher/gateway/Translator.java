package dev.ristretto.launcher.gateway;

import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.wire.ArpMessage;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.UdpHeader;
import java.nio.ByteBuffer;

/**
 * Stands between cable and stack: what the image says to the router itself passes, connections and datagrams to the world are given to
 * {@link TcpFlows} and {@link UdpFlows}, questions about IPv6 routers to {@link RouterService}. Everything from the image is taken as hostile.
 */
final class Translator implements NetworkDevice, DeviceListener {
    static final int DHCP_SERVER_PORT = 67;

    private final NetworkDevice cable;
    private final ImageHost image;
    private final TcpFlows tcp;
    private final UdpFlows udp;
    private final RouterService router;
    private final ImagePacket packetFromImage = new ImagePacket();
    private final ImagePacket packetFromStack = new ImagePacket();
    private DeviceListener stack;
    private Packet[] kept = new Packet[64];

    Translator(NetworkDevice cable, ImageHost image, TcpFlows tcp, UdpFlows udp, RouterService router) {
        this.cable = cable;
        this.image = image;
        this.tcp = tcp;
        this.udp = udp;
        this.router = router;
    }

    @Override
    public String name() {
        return cable.name();
    }

    @Override
    public MacAddress macAddress() {
        return cable.macAddress();
    }

    @Override
    public int mtu() {
        return cable.mtu();
    }

    @Override
    public boolean linkUp() {
        return cable.linkUp();
    }

    @Override
    public int features() {
        return cable.features();
    }

    @Override
    public int headroom() {
        return cable.headroom();
    }

    @Override
    public void attach(DeviceListener listener) {
        stack = listener;
        cable.attach(listener == null ? null : this);
    }

    /** Put off: {@link GatewayLoop} flushes the cable when all that is ready has had its turn. */
    @Override
    public void flush() {
        // nothing
    }

    @Override
    public void transmitReady() {
        stack.transmitReady();
    }

    @Override
    public void linkChanged(boolean up) {
        stack.linkChanged(up);
    }

    /** From the stack. One that the cable does not take now comes again, translated already, which does no harm. */
    @Override
    public boolean transmit(Packet packet) {
        if (packetFromStack.read(packet.buffer(), packet.start(), packet.length())) {
            if (packetFromStack.protocol() == IpProtocol.HOP_BY_HOP && packetFromStack.source().isV6()) {
                // Reports of the stack's own groups (RFC 3810): the image, which is starting just then, routes no multicast.
                packet.release();
                return true;
            }
            if (packetFromStack.protocol() == IpProtocol.TCP) {
                tcp.toImage(packetFromStack);
            }
        }
        return cable.transmit(packet);
    }

    /** A frame that the image is to believe it got from the network, for the stack. */
    void inject(Packet packet) {
        stack.received(packet);
    }

    @Override
    public void received(Packet packet) {
        if (isForStack(packet)) {
            stack.received(packet);
        }
    }

    @Override
    public void received(Packet[] packets, int count) {
        if (kept.length < count) {
            kept = new Packet[count];
        }
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (isForStack(packets[i])) {
                kept[left++] = packets[i];
            }
        }
        if (left > 0) {
            stack.received(kept, left);
        }
    }

    /** Looks at a frame from the image; false if it has been dealt with, and released. */
    private boolean isForStack(Packet packet) {
        if (pass(packet)) {
            return true;
        }
        packet.release();
        return false;
    }

    private boolean pass(Packet packet) {
        ByteBuffer b = packet.buffer();
        int frame = packet.start();
        int length = packet.length();
        if (length < EthernetHeader.LENGTH) {
            return false;
        }
        image.mac(EthernetHeader.source(b, frame));
        if (EthernetHeader.type(b, frame) == EthernetHeader.ARP) {
            int message = frame + EthernetHeader.LENGTH;
            if (length >= EthernetHeader.LENGTH + ArpMessage.LENGTH) {
                image.asksFor(b.getInt(message + 14), b.getInt(message + 24));
            }
            return true;
        }
        ImagePacket ip = packetFromImage;
        if (!ip.read(b, frame, length)) {
            return false;
        }
        image.isAt(ip.source());
        return switch (ip.protocol()) {
            case IpProtocol.TCP -> !ip.isFragment() && ip.payloadLength() >= TcpFlows.HEADER && tcp.fromImage(packet, ip);
            case IpProtocol.UDP -> !ip.isFragment() && ip.payloadLength() >= UdpHeader.LENGTH && isForDhcpServer(ip);
            case IpProtocol.ICMP_V6 -> ip.source().isV6() && router.fromImage(ip);
            default -> ip.source().isV4() && Addresses.isOwn(ip.destination());
        };
    }

    private boolean isForDhcpServer(ImagePacket ip) {
        if (ip.source().isV4() && UdpHeader.destinationPort(ip.buffer(), ip.payload()) == DHCP_SERVER_PORT) {
            return true;
        }
        udp.fromImage(ip);
        return false;
    }
}
