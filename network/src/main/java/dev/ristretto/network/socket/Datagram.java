package dev.ristretto.network.socket;

import dev.ristretto.network.IpAddress;

/** Where a received datagram came from; made once by the caller and filled again and again. Not thread-safe. */
public final class Datagram {
    private IpAddress source = IpAddress.ANY_V6;
    private int sourcePort;
    private IpAddress destination = IpAddress.ANY_V6;
    private int interfaceIndex;
    private int length;

    /** Returns the sender's address. The same object as last time when the bits are the same, so that nothing is allocated for a steady sender. */
    public IpAddress source() {
        return source;
    }

    /** Returns the sender's port, 0 to 65535. */
    public int sourcePort() {
        return sourcePort;
    }

    /** Returns the address it was sent to. */
    public IpAddress destination() {
        return destination;
    }

    /** Returns the index of the interface that it came in by. */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    /** Returns the bytes of the datagram, which can be more than there was room for. */
    public int length() {
        return length;
    }

    /** Fills it; for the stack. */
    public void fill(long sourceHigh, long sourceLow, int port, long destinationHigh, long destinationLow, int index, int bytes) {
        source = same(source, sourceHigh, sourceLow, index);
        sourcePort = port;
        destination = same(destination, destinationHigh, destinationLow, index);
        interfaceIndex = index;
        length = bytes;
    }

    private static IpAddress same(IpAddress old, long high, long low, int index) {
        return old.high() == high && old.low() == low && (old.scope() == 0 || old.scope() == index) ? old : IpAddress.ofV6(high, low, index);
    }
}
