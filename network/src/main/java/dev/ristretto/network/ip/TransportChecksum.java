package dev.ristretto.network.ip;

import dev.ristretto.network.device.DeviceFeatures;
import dev.ristretto.network.device.Packet;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.wire.Checksum;

/** The checksum of what a packet carries: made here, left to the card, or not needed. */
final class TransportChecksum {
    private TransportChecksum() {
    }

    /**
     * Fills in the field, or marks the packet as one whose checksum the card makes.
     *
     * @param offset where the field is, from the packet's start on
     * @param cut whether the packet will be sent in fragments, which no card sums up
     */
    static void put(Interface out, long fromHigh, long fromLow, long toHigh, long toLow, Packet packet, int protocol, int offset,
            boolean cut) {
        int transport = packet.start();
        int field = transport + offset;
        long pseudo = protocol == IpProtocol.ICMP_V4 ? 0 : Checksum.pseudo(fromHigh, fromLow, toHigh, toLow, protocol, packet.length());
        if (out.isLoopback()) {
            packet.checksumValid(true);
        } else if (!cut && (protocol == IpProtocol.TCP || protocol == IpProtocol.UDP) && (out.features() & DeviceFeatures.TRANSMIT_CHECKSUM) != 0) {
            packet.buffer().putShort(field, (short) Checksum.fold(pseudo));
            packet.needChecksum(transport, offset);
        } else {
            packet.buffer().putShort(field, (short) 0);
            int checksum = Checksum.finish(pseudo + Checksum.sum(packet.buffer(), transport, packet.length()));
            // In UDP a zero says that there is none (RFC 768).
            packet.buffer().putShort(field, (short) (checksum == 0 && protocol == IpProtocol.UDP ? 0xffff : checksum));
        }
    }
}
