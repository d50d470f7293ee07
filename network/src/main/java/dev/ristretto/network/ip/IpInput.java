package dev.ristretto.network.ip;

/** What IP knows about a packet that arrived. One object per stack, filled for each packet: read it, do not keep it. */
public final class IpInput {
    /** The sender, as {@link dev.ristretto.network.IpAddress#high}. Never a multicast or broadcast address. */
    public long sourceHigh;
    /** The sender, as {@link dev.ristretto.network.IpAddress#low}. */
    public long sourceLow;
    /** Where it was sent to. */
    public long destinationHigh;
    public long destinationLow;
    /** Index of the interface it came in by. */
    public int interfaceIndex;
    /** Its traffic class; the two lowest bits are ECN's. */
    public int trafficClass;
    /** Its hop limit when it arrived. */
    public int hopLimit;
    /** Whether it was sent to a multicast or broadcast address: a transport with connections drops it. */
    public boolean toGroup;

    /** Returns whether it is an IPv4 packet. */
    public boolean isV4() {
        return dev.ristretto.network.IpAddress.isV4(destinationHigh, destinationLow);
    }
}
