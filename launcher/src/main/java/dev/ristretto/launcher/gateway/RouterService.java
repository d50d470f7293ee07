package dev.ristretto.launcher.gateway;

import dev.ristretto.network.IpAddress;
import dev.ristretto.network.ndp.NdpOptions;
import dev.ristretto.network.ndp.NeighbourDiscovery;
import dev.ristretto.network.wire.IcmpHeader;
import java.nio.ByteBuffer;

/**
 * What an IPv6 router says on the image's link: that it is there, which network that is, and who the name server is (RFC 4861 §6.2,
 * RFC 8106); and its answers to who asks where it is, because a stack that is no router would answer that it is none. Finds out at which
 * address the image is: one that probes an address is about to take it, and will say so when it has.
 */
final class RouterService {
    private static final long SECOND = 1_000_000_000L;
    /** Defaults of RFC 4861 §6.2.1: between advertisements that nobody asked for, and how long what they say holds. */
    private static final long INTERVAL = 600 * SECOND;
    private static final int LIFETIME_SECONDS = 1800;
    private static final int VALID_SECONDS = 30 * 86_400;
    private static final int PREFERRED_SECONDS = 7 * 86_400;
    /** Who probes an address has it after a second (RFC 4862 §5.4), some milliseconds more for a busy machine. */
    private static final long QUESTION_INTERVAL = SECOND + SECOND / 20;
    private static final int QUESTIONS = 5;

    private static final int HOP_LIMIT = 64;
    private static final int ADVERTISEMENT = 16;
    private static final int NEIGHBOUR = 24;
    private static final int LINK_HOPS = 255;
    private static final IpAddress ALL_NODES = IpAddress.parse("ff02::1");

    private final ImageHost image;
    private final Frames frames;
    private long nextAdvertisement;
    private IpAddress probed;
    private int questionsLeft;
    private long nextQuestion;

    RouterService(ImageHost image, Frames frames) {
        this.image = image;
        this.frames = frames;
    }

    /** Does what is due, and returns when there is more. */
    long run(long now) {
        if (!image.isPluggedIn()) {
            return Long.MAX_VALUE;
        }
        if (now >= nextAdvertisement) {
            advertise();
            nextAdvertisement = now + INTERVAL;
        }
        if (image.hasV6() || questionsLeft == 0) {
            return nextAdvertisement;
        }
        if (now >= nextQuestion) {
            questionsLeft--;
            nextQuestion = now + QUESTION_INTERVAL;
            ask(probed);
        }
        return Math.min(nextAdvertisement, nextQuestion);
    }

    /** An ICMPv6 message of the image's; returns whether the stack is to have it. */
    boolean fromImage(ImagePacket packet) {
        if (packet.payloadLength() < IcmpHeader.LENGTH) {
            return false;
        }
        boolean fromLink = packet.hopLimit() == LINK_HOPS;
        switch (IcmpHeader.type(packet.buffer(), packet.payload())) {
            case IcmpHeader.ROUTER_SOLICITATION -> {
                if (fromLink) {
                    advertise();
                }
                return false;
            }
            case IcmpHeader.NEIGHBOUR_SOLICITATION -> {
                if (fromLink && packet.payloadLength() >= NEIGHBOUR) {
                    solicitation(packet);
                }
                return false;
            }
            default -> {
                return Addresses.isOwn(packet.destination()) || packet.destination().isMulticast();
            }
        }
    }

    private void solicitation(ImagePacket packet) {
        ByteBuffer b = packet.buffer();
        int target = packet.payload() + IcmpHeader.LENGTH;
        IpAddress address = IpAddress.ofV6(b.getLong(target), b.getLong(target + 8));
        boolean isProbe = packet.source().isAny();
        if (Addresses.isOwn(address)) {
            answer(address, isProbe ? ALL_NODES : packet.source(), !isProbe);
        } else if (isProbe && !image.hasV6() && Addresses.isImage(address)) {
            probed = address;
            questionsLeft = QUESTIONS;
            nextQuestion = 0;
        }
    }

    private void advertise() {
        ByteBuffer b = ByteBuffer.allocate(ADVERTISEMENT + NdpOptions.MAC_LENGTH + NdpOptions.PREFIX_LENGTH + NdpOptions.DNS_SERVER_LENGTH);
        IcmpHeader.write(b, 0, IcmpHeader.ROUTER_ADVERTISEMENT, 0, HOP_LIMIT << 24 | LIFETIME_SECONDS);
        int at = ADVERTISEMENT;
        NdpOptions.putMac(b, at, NdpOptions.SOURCE_MAC, Addresses.ROUTER_MAC);
        at += NdpOptions.MAC_LENGTH;
        NdpOptions.putPrefix(b, at, Addresses.NETWORK_V6, Addresses.PREFIX_V6, NdpOptions.ON_LINK | NdpOptions.AUTONOMOUS, VALID_SECONDS,
                PREFERRED_SECONDS);
        at += NdpOptions.PREFIX_LENGTH;
        NdpOptions.putDnsServer(b, at, LIFETIME_SECONDS, Addresses.NAMES_V6);
        frames.neighbourDiscovery(Addresses.ROUTER_LINK, ALL_NODES, b);
    }

    /** That an address is the router's (RFC 4861 §4.4). */
    private void answer(IpAddress address, IpAddress to, boolean solicited) {
        ByteBuffer b = ByteBuffer.allocate(NEIGHBOUR + NdpOptions.MAC_LENGTH);
        int flags = NeighbourDiscovery.ROUTER | NeighbourDiscovery.OVERRIDE | (solicited ? NeighbourDiscovery.SOLICITED : 0);
        IcmpHeader.write(b, 0, IcmpHeader.NEIGHBOUR_ADVERTISEMENT, 0, flags << 24);
        b.putLong(IcmpHeader.LENGTH, address.high()).putLong(IcmpHeader.LENGTH + 8, address.low());
        NdpOptions.putMac(b, NEIGHBOUR, NdpOptions.TARGET_MAC, Addresses.ROUTER_MAC);
        frames.neighbourDiscovery(address, to, b);
    }

    /** Whether the image has an address; its answer is a packet from there. */
    private void ask(IpAddress address) {
        ByteBuffer b = ByteBuffer.allocate(NEIGHBOUR + NdpOptions.MAC_LENGTH);
        IcmpHeader.write(b, 0, IcmpHeader.NEIGHBOUR_SOLICITATION, 0, 0);
        b.putLong(IcmpHeader.LENGTH, address.high()).putLong(IcmpHeader.LENGTH + 8, address.low());
        NdpOptions.putMac(b, NEIGHBOUR, NdpOptions.SOURCE_MAC, Addresses.ROUTER_MAC);
        frames.neighbourDiscovery(Addresses.ROUTER_V6, NeighbourDiscovery.solicitedNode(address.low()), b);
    }
}
