package dev.ristretto.network.ip;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.link.Interface;

/** Tells senders what was wrong with their packets, where that is allowed (RFC 1122 §3.2.2, RFC 4443 §2.4) and not too often. Under the stack's lock. */
public interface IcmpErrors {
    /** What was wrong. */
    enum Problem {
        PORT_UNREACHABLE, PROTOCOL_UNREACHABLE, REASSEMBLY_TIMEOUT, HEADER_FIELD, UNKNOWN_OPTION
    }

    /**
     * Sends an ICMP error.
     *
     * @param packet has its {@link Packet#networkHeader} set and reaches to the end of the IP packet; not consumed or changed
     * @param pointer where the bad field is, in bytes from the IP header on, if that matters
     */
    void send(Interface from, Packet packet, Problem problem, int pointer);
}
