package dev.ristretto.network.ip;

import dev.ristretto.network.device.Packet;
import dev.ristretto.network.link.Interface;
import dev.ristretto.network.time.Timer;

/** A datagram that is being put together from fragments. Recycled. */
final class Reassembly {
    final Timer timer;
    final long[] blocks = new long[8192 / 64];
    boolean active;
    long sourceHigh;
    long sourceLow;
    long destinationHigh;
    long destinationLow;
    int identification;
    int protocol;
    Interface from;
    Packet packet;
    /** Payload bytes in all, or -1 while the last fragment is missing. */
    int total;
    /** Blocks of 8 bytes that are there. */
    int present;
    int headerLength;
    int trafficClass;
    long began;

    Reassembly(Timer.Action timeout) {
        timer = new Timer(timeout);
    }

    boolean is(long sh, long sl, long dh, long dl, int id, int proto) {
        return active && identification == id && sourceLow == sl && destinationLow == dl && sourceHigh == sh && destinationHigh == dh && protocol == proto;
    }

    /** Returns how many of some blocks are there already. */
    int countPresent(int first, int count) {
        int found = 0;
        for (int i = first; i < first + count; i++) {
            found += (int) (blocks[i >> 6] >>> i & 1);
        }
        return found;
    }

    void mark(int first, int count) {
        for (int i = first; i < first + count; i++) {
            blocks[i >> 6] |= 1L << i;
        }
        present += count;
    }

    /** Returns whether the first block is there. */
    boolean hasFirst() {
        return (blocks[0] & 1) != 0;
    }
}
