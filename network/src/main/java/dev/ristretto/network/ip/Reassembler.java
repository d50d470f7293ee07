package dev.ristretto.network.ip;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.device.PacketPool;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.stack.Counter;
import dev.ristretto.network.stack.StackContext;
import dev.ristretto.network.wire.Ipv6Header;
import java.util.Arrays;

/**
 * Puts datagrams together from fragments (RFC 791 §3.2, RFC 8200 §4.5). Bounded in number and time: when all places are taken the oldest datagram is dropped. A
 * datagram with overlapping fragments is dropped as a whole (RFC 5722 §4), unless a fragment is an exact copy of what is there.
 */
final class Reassembler {
    /** RFC 1122 §3.3.2 and RFC 8200 §4.5 say 60 seconds; Linux takes 30 for IPv4, and for both that is ample today. */
    private static final long TIMEOUT = 30_000_000_000L;
    /** What the length fields of IPv4, header included, and of IPv6, its own header not included, can say. */
    private static final int MOST = 65535;

    private final StackContext context;
    private final PacketPool pool;
    private final IcmpErrors errors;
    private final Reassembly[] places;

    Reassembler(StackContext context, PacketPool pool, IcmpErrors errors) {
        this.context = context;
        this.pool = pool;
        this.errors = errors;
        places = new Reassembly[context.budget().reassemblies()];
    }

    /**
     * Adds a fragment, whose content is what it carries and whose {@link Packet#networkHeader} is set. Takes the packet.
     *
     * @param offset bytes; a multiple of 8
     * @param headerLength bytes of IP headers that are kept in front of the whole
     * @return the whole datagram, content and header as if it had come in one piece (lengths in the header excepted); or null
     */
    Packet add(Packet fragment, IpInput input, Interface from, int identification, int protocol, int offset, boolean more, int headerLength) {
        context.statistics().count(Counter.FRAGMENTS_IN);
        int length = fragment.length();
        int counted = input.isV4() ? headerLength : headerLength - Ipv6Header.LENGTH;
        if (length == 0 || more && length % 8 != 0 || offset + length + counted > MOST) {
            context.statistics().count(Counter.DROP_FRAGMENT_MALFORMED);
            fragment.release();
            return null;
        }
        Reassembly place = find(input, from, identification, protocol);
        if (place == null) {
            context.statistics().count(Counter.DROP_FRAGMENT_LIMIT);
            fragment.release();
            return null;
        }
        int first = offset >> 3;
        int count = length + 7 >> 3;
        int there = place.countPresent(first, count);
        boolean beyond = place.total >= 0 && (offset + length > place.total || !more && offset + length != place.total);
        if (there > 0 || beyond || !more && place.total < 0 && place.countPresent(first + count, 8192 - first - count) > 0) {
            if (beyond || there != count || !isCopy(place, fragment, offset)) {
                context.statistics().count(Counter.DROP_FRAGMENT_OVERLAP);
                free(place);
            }
            fragment.release();
            return null;
        }
        place.packet.buffer().put(Ip.HEADROOM + offset, fragment.buffer(), fragment.start(), length);
        place.mark(first, count);
        if (!more) {
            place.total = offset + length;
        }
        if (offset == 0) {
            place.headerLength = headerLength;
            place.packet.buffer().put(Ip.HEADROOM - headerLength, fragment.buffer(), fragment.networkHeader(), headerLength);
        }
        fragment.release();
        if (place.total < 0 || place.present != place.total + 7 >> 3) {
            return null;
        }
        Packet whole = place.packet;
        place.packet = null;
        whole.content(Ip.HEADROOM, Ip.HEADROOM + place.total);
        whole.networkHeader(Ip.HEADROOM - place.headerLength);
        whole.interfaceIndex(from.index());
        free(place);
        context.statistics().count(Counter.REASSEMBLED);
        return whole;
    }

    private static boolean isCopy(Reassembly place, Packet fragment, int offset) {
        for (int i = 0; i < fragment.length(); i++) {
            if (place.packet.buffer().get(Ip.HEADROOM + offset + i) != fragment.buffer().get(fragment.start() + i)) {
                return false;
            }
        }
        return true;
    }

    private Reassembly find(IpInput input, Interface from, int identification, int protocol) {
        int free = -1;
        int oldest = 0;
        for (int i = 0; i < places.length; i++) {
            Reassembly place = places[i];
            if (place == null || !place.active) {
                free = free < 0 ? i : free;
            } else if (place.is(input.sourceHigh, input.sourceLow, input.destinationHigh, input.destinationLow, identification, protocol)) {
                return place;
            } else if (free < 0 && place.began < places[oldest].began) {
                oldest = i;
            }
        }
        if (free < 0) {
            context.statistics().count(Counter.DROP_FRAGMENT_LIMIT);
            free(places[oldest]);
            free = oldest;
        }
        Packet packet = pool.acquire(Ip.HEADROOM);
        return packet == null ? null : begin(free, packet, input, from, identification, protocol);
    }

    private Reassembly begin(int index, Packet packet, IpInput input, Interface from, int identification, int protocol) {
        if (places[index] == null) {
            places[index] = new Reassembly(now -> timeout(places[index]));
        }
        Reassembly place = places[index];
        place.active = true;
        place.sourceHigh = input.sourceHigh;
        place.sourceLow = input.sourceLow;
        place.destinationHigh = input.destinationHigh;
        place.destinationLow = input.destinationLow;
        place.identification = identification;
        place.protocol = protocol;
        place.from = from;
        place.packet = packet;
        place.total = -1;
        place.present = 0;
        place.began = context.clock().nanos();
        Arrays.fill(place.blocks, 0);
        context.timers().set(place.timer, place.began + TIMEOUT);
        return place;
    }

    private void timeout(Reassembly place) {
        context.statistics().count(Counter.DROP_FRAGMENT_TIMEOUT);
        if (place.hasFirst()) {
            int length = 8;
            while (length < 512 && place.countPresent(length >> 3, 1) == 1) {
                length += 8;
            }
            place.packet.content(Ip.HEADROOM, Ip.HEADROOM + length);
            place.packet.networkHeader(Ip.HEADROOM - place.headerLength);
            errors.send(place.from, place.packet, IcmpErrors.Problem.REASSEMBLY_TIMEOUT, 0);
        }
        free(place);
    }

    private void free(Reassembly place) {
        context.timers().cancel(place.timer);
        place.active = false;
        place.from = null;
        if (place.packet != null) {
            place.packet.release();
            place.packet = null;
        }
    }

    /** Drops all that came in by an interface, or everything if null. */
    void clear(Interface from) {
        for (Reassembly place : places) {
            if (place != null && place.active && (from == null || place.from == from)) {
                free(place);
            }
        }
    }
}
