package dev.ristretto.launcher.gateway;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.wire.Checksum;
import dev.ristretto.network.wire.EthernetHeader;
import dev.ristretto.network.wire.Ipv6Header;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.function.Predicate;

/** In place of an image: frames written and read one by one. Its Ethernet address is {@value #MAC}. */
final class RawCable implements AutoCloseable {
    static final long MAC = 0x5254_0012_3456L;

    private final SocketChannel channel;

    RawCable(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    void send(byte[] frame) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Sends an ICMPv6 message, with its checksum and all headers. */
    void sendIcmp(String source, String destination, byte[] message) throws IOException {
        IpAddress from = IpAddress.parse(source);
        IpAddress to = IpAddress.parse(destination);
        byte[] frame = new byte[EthernetHeader.LENGTH + Ipv6Header.LENGTH + message.length];
        ByteBuffer b = ByteBuffer.wrap(frame);
        EthernetHeader.write(b, 0, Addresses.ROUTER_MAC, MAC, EthernetHeader.IPV6);
        Ipv6Header.write(b, EthernetHeader.LENGTH, 0, message.length, IpProtocol.ICMP_V6, 255, from.high(), from.low(), to.high(), to.low());
        int at = frame.length - message.length;
        b.put(at, message).putShort(at + 2, (short) 0);
        b.putShort(at + 2, (short) Checksum.finish(Checksum.pseudo(from.high(), from.low(), to.high(), to.low(), IpProtocol.ICMP_V6, message.length)
            + Checksum.sum(b, at, message.length)));
        send(frame);
    }

    /** Reads frames until there is an ICMPv6 message that will do, and returns it without headers. Its checksum is right, or this fails. */
    byte[] receiveIcmp(Predicate<byte[]> wanted) throws IOException {
        while (true) {
            ImagePacket packet = ImagePacket.of(receive());
            if (packet != null && packet.protocol() == IpProtocol.ICMP_V6) {
                byte[] message = new byte[packet.payloadLength()];
                packet.buffer().get(packet.payload(), message);
                if (wanted.test(message)) {
                    IpAddress from = packet.source();
                    IpAddress to = packet.destination();
                    long sum = Checksum.pseudo(from.high(), from.low(), to.high(), to.low(), IpProtocol.ICMP_V6, message.length);
                    if (Checksum.finish(sum + Checksum.sum(ByteBuffer.wrap(message), 0, message.length)) != 0) {
                        throw new AssertionError("checksum of a message of type " + (message[0] & 0xff));
                    }
                    return message;
                }
            }
        }
    }

    private byte[] receive() throws IOException {
        ByteBuffer length = ByteBuffer.allocate(4);
        fill(length);
        ByteBuffer frame = ByteBuffer.allocate(length.getInt(0));
        fill(frame);
        return frame.array();
    }

    private void fill(ByteBuffer in) throws IOException {
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException("the gateway has ended");
            }
        }
    }

    /** Reads whatever is there, and forgets it. */
    void drain() throws IOException {
        channel.configureBlocking(false);
        ByteBuffer sink = ByteBuffer.allocate(65_536);
        while (channel.read(sink.clear()) > 0) {
            continue;
        }
        channel.configureBlocking(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
