package dev.ristretto.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.network.config.InterfaceAddress;
import dev.ristretto.network.config.NetworkConfiguration;
import dev.ristretto.network.device.DeviceListener;
import dev.ristretto.network.device.MacAddress;
import dev.ristretto.network.device.NetworkDevice;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.socket.Socket;
import dev.ristretto.network.socket.TcpListener;
import dev.ristretto.network.socket.TcpSocket;
import dev.ristretto.network.socket.UdpSocket;
import dev.ristretto.network.stack.Budget;
import dev.ristretto.network.wire.ArpMessage;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.Ipv4Header;
import dev.ristretto.network.wire.Ipv6Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A whole stack with sockets, and a cable on which an attacker says what it likes. Small, for fuzzing makes thousands of them a second. */
final class Victim {
    static final long MAC = 0x525400000001L;
    static final long ATTACKER = 0x525400000002L;
    static final int ADDRESS = 0x0a000001;
    static final int ATTACKER_ADDRESS = 0x0a000002;
    static final long PREFIX = 0xfd00L << 48;
    private static final int PORT = 80;
    private static final int UDP_PORT = 9;

    private final Card card = new Card();
    private final Network network;
    private final List<Socket> sockets = new ArrayList<>();
    private final UdpSocket udp;
    private final TcpListener listener;
    private final TcpSocket client;
    private final ByteBuffer reading = ByteBuffer.allocate(2000);
    private long now = 1_000_000_000L;
    private TcpSocket accepted;
    /** The last TCP segment and the last UDP datagram that it sent: frames. */
    private byte[] lastTcp = new byte[0];
    private byte[] lastUdp = new byte[0];

    /** @param dhcp whether it asks for an address rather than have one */
    Victim(boolean dhcp) {
        SplittableRandom random = new SplittableRandom(1);
        network = new Network(() -> now, random::nextLong, Budget.forMemory(1 << 20), ByteBuffer::allocate, line -> { }, deadline -> { });
        List<InterfaceAddress> addresses = new ArrayList<>();
        addresses.add(new InterfaceAddress(IpAddress.ofV6(PREFIX, 1), 64));
        if (!dhcp) {
            addresses.add(new InterfaceAddress(IpAddress.ofV4(ADDRESS), 24));
        }
        network.add(card, new NetworkConfiguration(dhcp, true, dhcp, true, true, addresses, List.of(), 0, List.of(), List.of()));
        try {
            udp = keep(network.openUdp(true));
            udp.bind(IpAddress.ANY_V6, UDP_PORT);
            listener = keep(network.listen(IpAddress.ANY_V6, PORT, 2));
            client = keep(network.openTcp(true));
            pass(2);
            if (!dhcp) {
                udp.join(IpAddress.parse("239.1.1.1"), 0, null);
                client.connect(IpAddress.ofV4(ATTACKER_ADDRESS), PORT);
            }
            pass(0.001);
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
    }

    private <S extends Socket> S keep(S socket) {
        sockets.add(socket);
        return socket;
    }

    private final class Card implements NetworkDevice {
        final PacketPool pool = new PacketPool(ByteBuffer::allocate, 24, 1600);
        private DeviceListener listener;

        @Override
        public String name() {
            return "eth0";
        }

        @Override
        public MacAddress macAddress() {
            return new MacAddress(MAC);
        }

        @Override
        public int mtu() {
            return 1500;
        }

        @Override
        public boolean linkUp() {
            return true;
        }

        @Override
        public int features() {
            return 0;
        }

        @Override
        public void attach(DeviceListener newListener) {
            listener = newListener;
        }

        @Override
        public boolean transmit(Packet packet) {
            ByteBuffer b = packet.buffer();
            int at = packet.start();
            int type = EthernetHeader.type(b, at);
            boolean isV4 = type == EthernetHeader.IPV4;
            if (isV4 && Ipv4Header.protocol(b, at + 14) == IpProtocol.TCP) {
                lastTcp = bytes(packet);
            } else if (isV4 && Ipv4Header.protocol(b, at + 14) == IpProtocol.UDP) {
                lastUdp = bytes(packet);
            }
            packet.release();
            return true;
        }

        private byte[] bytes(Packet packet) {
            byte[] bytes = new byte[packet.length()];
            packet.buffer().get(packet.start(), bytes);
            return bytes;
        }
    }

    /** The attacker answers for its address before it is asked. */
    void introduceAttacker() {
        ByteBuffer b = ByteBuffer.allocate(14 + ArpMessage.LENGTH);
        EthernetHeader.write(b, 0, MAC, ATTACKER, EthernetHeader.ARP);
        ArpMessage.write(b, 14, ArpMessage.REPLY, ATTACKER, ATTACKER_ADDRESS, MAC, ADDRESS);
        receive(b.array());
    }

    void receive(byte[] frame) {
        Packet packet = card.pool.acquire(2);
        if (packet == null || packet.tailroom() < frame.length) {
            if (packet != null) {
                packet.release();
            }
            return;
        }
        packet.buffer().put(packet.append(frame.length), frame);
        card.listener.received(packet);
        network.advance(now);
    }

    /** A frame of any type for this machine. */
    static byte[] frame(int type, byte[] payload) {
        ByteBuffer b = ByteBuffer.allocate(14 + payload.length);
        EthernetHeader.write(b, 0, MAC, ATTACKER, type);
        b.put(14, payload);
        Frames.fix(b.array());
        return b.array();
    }

    static byte[] v4(int protocol, byte[] payload) {
        ByteBuffer b = ByteBuffer.allocate(20 + payload.length);
        Ipv4Header.write(b, 0, 0, b.capacity(), 1, 0, 64, protocol, ATTACKER_ADDRESS, ADDRESS);
        b.put(20, payload);
        return frame(EthernetHeader.IPV4, b.array());
    }

    /** @param isLocal whether both are link-local addresses, which neighbour discovery wants of routers */
    static byte[] v6(int nextHeader, byte[] payload, boolean isLocal) {
        ByteBuffer b = ByteBuffer.allocate(40 + payload.length);
        Ipv6Header.write(b, 0, 0, payload.length, nextHeader, 255, isLocal ? 0xfe80L << 48 : PREFIX, 2, isLocal ? 0xff02L << 48 : PREFIX, 1);
        b.put(40, payload);
        return frame(EthernetHeader.IPV6, b.array());
    }

    /** What it sent last by TCP over IPv4: from the TCP header on; empty if nothing. */
    ByteBuffer lastTcp() {
        return ByteBuffer.wrap(lastTcp, Math.min(34, lastTcp.length), Math.max(lastTcp.length - 34, 0)).slice();
    }

    /** What it sent last by UDP over IPv4: the payload; empty if nothing. */
    ByteBuffer lastUdp() {
        return ByteBuffer.wrap(lastUdp, Math.min(42, lastUdp.length), Math.max(lastUdp.length - 42, 0)).slice();
    }

    void pass(double seconds) {
        long end = now + (long) (seconds * 1e9);
        for (long next = network.advance(now); next < end; next = network.advance(now)) {
            now = Math.max(now + 1, next);
        }
        now = end;
        network.advance(now);
    }

    /** Programs look at their sockets. */
    void look() {
        try {
            udp.receive(reading.clear(), null);
            if (accepted == null) {
                accepted = listener.accept();
                if (accepted != null) {
                    keep(accepted);
                }
            }
            for (TcpSocket socket = accepted; socket != null; socket = socket == client ? null : client) {
                try {
                    socket.read(reading.clear());
                    socket.write(reading.clear().limit(700));
                } catch (NetworkException e) {
                    // As attackers may make it.
                }
            }
        } catch (NetworkException e) {
            throw new AssertionError(e);
        }
    }

    /** Programs end; nothing may be left of what they and the attacker did. */
    void end() {
        look();
        for (Socket socket : sockets) {
            socket.close();
        }
        pass(400);
        assertEquals(0, network.packetsInUse(), "packets of the stack");
        assertEquals(0, card.pool.inUse(), "packets of the card");
    }
}
