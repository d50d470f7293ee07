package dev.ristretto.network;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ristretto.network.config.ConfigurationWords;
import dev.ristretto.network.ip.IpProtocol;
import dev.ristretto.network.wire.DhcpMessage;
import dev.ristretto.network.wire.DomainNames;
import dev.ristretto.network.wire.EthernetHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A fuzz target for each parser, behind headers that get there, and one for the whole stack. As a test, each runs over its seeds, which are files in
 * {@code ParsersFuzzTestInputs}; how to look for new ones is in the page about testing.
 */
class ParsersFuzzTest {
    private static final String DURATION = "5m";

    private static void attack(boolean dhcp, Consumer<Victim> attack) {
        Victim victim = new Victim(dhcp);
        attack.accept(victim);
        victim.end();
    }

    private static void one(byte[] frame) {
        attack(false, victim -> {
            victim.introduceAttacker();
            victim.receive(frame);
            // Twice: what the first left behind is met.
            victim.receive(frame);
        });
    }

    /** Each piece of the data is after its length in one byte. */
    private static void pieces(byte[] data, Consumer<byte[]> each) {
        for (int at = 0; at < data.length;) {
            int length = Math.min(data[at] & 0xff, data.length - at - 1);
            each.accept(Arrays.copyOfRange(data, at + 1, at + 1 + length));
            at += 1 + length;
        }
    }

    @FuzzTest(maxDuration = DURATION)
    void ethernet(byte[] data) {
        one(data);
    }

    @FuzzTest(maxDuration = DURATION)
    void arp(byte[] data) {
        one(Victim.frame(EthernetHeader.ARP, data));
    }

    @FuzzTest(maxDuration = DURATION)
    void ipv4(byte[] data) {
        one(Victim.frame(EthernetHeader.IPV4, data));
    }

    @FuzzTest(maxDuration = DURATION)
    void ipv6(byte[] data) {
        one(Victim.frame(EthernetHeader.IPV6, data));
    }

    /** The first byte is the first header's type. */
    @FuzzTest(maxDuration = DURATION)
    void ipv6Extensions(byte[] data) {
        if (data.length > 0) {
            one(Victim.v6(data[0] & 0xff, Arrays.copyOfRange(data, 1, data.length), false));
        }
    }

    @FuzzTest(maxDuration = DURATION)
    void icmpV4(byte[] data) {
        one(Victim.v4(IpProtocol.ICMP_V4, data));
    }

    @FuzzTest(maxDuration = DURATION)
    void icmpV6(byte[] data) {
        one(Victim.v6(IpProtocol.ICMP_V6, data, false));
    }

    /** Neighbour discovery and MLD, which come from link-local addresses. */
    @FuzzTest(maxDuration = DURATION)
    void ndp(byte[] data) {
        one(Victim.v6(IpProtocol.ICMP_V6, data, true));
    }

    @FuzzTest(maxDuration = DURATION)
    void igmp(byte[] data) {
        one(Victim.v4(IpProtocol.IGMP, data));
    }

    @FuzzTest(maxDuration = DURATION)
    void udp(byte[] data) {
        one(Victim.v4(IpProtocol.UDP, data));
    }

    @FuzzTest(maxDuration = DURATION)
    void tcp(byte[] data) {
        one(Victim.v4(IpProtocol.TCP, data));
    }

    /**
     * A connection that the attacker begins, and segments in it. Each piece: flags, how far the number is from the right one, how far the acknowledgement,
     * window, length of the header in words, and the rest of the segment, options first.
     */
    @FuzzTest(maxDuration = DURATION)
    void tcpConnection(byte[] data) {
        attack(false, victim -> {
            victim.introduceAttacker();
            victim.receive(Victim.v4(IpProtocol.TCP, segment(1000, 0, 2, 0xffff, 6, new byte[] {2, 4, 5, (byte) 0xb4})));
            int theirs = victim.lastTcp().remaining() >= 20 ? victim.lastTcp().getInt(4) + 1 : 0;
            victim.receive(Victim.v4(IpProtocol.TCP, segment(1001, theirs, 0x10, 0xffff, 5, new byte[0])));
            victim.look();
            pieces(data, piece -> {
                if (piece.length >= 5) {
                    victim.receive(Victim.v4(IpProtocol.TCP, segment(1001 + piece[1] * 8, theirs + piece[2] * 8, piece[0], (piece[3] & 0xff) << 4, piece[4],
                        Arrays.copyOfRange(piece, 5, piece.length))));
                    victim.look();
                    victim.pass((piece[0] & 0xc0) / 1000.0);
                }
            });
        });
    }

    private static byte[] segment(int sequence, int acknowledgment, int flags, int window, int headerWords, byte[] rest) {
        ByteBuffer b = ByteBuffer.allocate(20 + rest.length);
        b.putShort((short) 4000).putShort((short) 80).putInt(sequence).putInt(acknowledgment).put((byte) (headerWords << 4)).put((byte) flags)
            .putShort((short) window).putInt(0).put(rest);
        return b.array();
    }

    /** Answers to what a DHCP client asks, from the operation code on. */
    @FuzzTest(maxDuration = DURATION)
    void dhcp(byte[] data) {
        attack(true, victim -> {
            byte[] message = Arrays.copyOf(data, Math.max(data.length, 44));
            for (int i = 0; i < 2; i++) {
                ByteBuffer asked = victim.lastUdp();
                if (asked.remaining() >= 8) {
                    // Else it would be dropped: it is for another machine, or answers another question.
                    ByteBuffer.wrap(message).putInt(4, asked.getInt(4)).putLong(28, Victim.MAC << 16);
                }
                ByteBuffer b = ByteBuffer.allocate(8 + message.length);
                b.putShort((short) DhcpMessage.SERVER_PORT).putShort((short) DhcpMessage.CLIENT_PORT).putShort((short) b.capacity()).putShort((short) 0)
                    .put(message);
                byte[] frame = Victim.v4(IpProtocol.UDP, b.array());
                ByteBuffer.wrap(frame).putInt(30, -1); // To all, since it has no address yet.
                Frames.fix(frame);
                victim.receive(frame);
                victim.pass(1);
            }
        });
    }

    @FuzzTest(maxDuration = DURATION)
    void domainNames(byte[] data) {
        DomainNames.read(ByteBuffer.wrap(data), 0, data.length);
    }

    @FuzzTest(maxDuration = DURATION)
    void configurationWords(byte[] data) {
        String text = new String(data, StandardCharsets.UTF_8);
        ConfigurationWords.parse(List.of(text.split(" ")), complaint -> { });
    }

    /** Frames one after another; the first two bytes of each are its type. */
    @FuzzTest(maxDuration = DURATION)
    void stack(byte[] data) {
        attack(false, victim -> {
            victim.introduceAttacker();
            pieces(data, piece -> {
                if (piece.length >= 2) {
                    victim.receive(Victim.frame((piece[0] & 0xff) << 8 | piece[1] & 0xff, Arrays.copyOfRange(piece, 2, piece.length)));
                    victim.look();
                    victim.pass(0.01);
                }
            });
        });
    }
}
