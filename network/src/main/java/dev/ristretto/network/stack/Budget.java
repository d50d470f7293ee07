package dev.ristretto.network.stack;

/**
 * How much of everything there may be. What happens at each limit is written in {@code docs/network.md}.
 *
 * @param smallPackets packets for what is sent, each for one frame of the largest MTU
 * @param bigPackets packets of 64 KiB and more, for large TCP segments that a card cuts, for loopback and for what is put together from fragments
 * @param connections TCP connections in any state, those in TIME-WAIT included
 * @param halfOpenConnections connections that peers began and have not completed; beyond, SYN cookies
 * @param socketBufferBytes bytes in the buffers of all TCP sockets together
 * @param datagramBytes bytes waiting in all UDP sockets together
 * @param reassemblies datagrams that are being put together from fragments at a time
 * @param neighbours entries in the neighbour caches of each card, for each of ARP and ND
 */
public record Budget(int smallPackets, int bigPackets, int connections, int halfOpenConnections, long socketBufferBytes, long datagramBytes,
        int reassemblies, int neighbours) {
    private static final int BIG = 66 * 1024;

    /** Derives all limits from the bytes of memory that the network may take in the worst case; at least 1 MiB is assumed. */
    public static Budget forMemory(long bytes) {
        long memory = Math.max(bytes, 1 << 20);
        int small = (int) Math.clamp(memory / 8 / 2048, 64, 8192);
        int big = (int) Math.clamp(memory / 8 / BIG, 4, 256);
        // A connection takes about a kilobyte besides its buffers.
        int connections = (int) Math.clamp(memory / 8 / 1024, 128, 1 << 20);
        return new Budget(small, big, connections, Math.clamp(connections / 4, 64, 4096), memory / 2, memory / 8,
                Math.clamp(big / 4, 2, 64), (int) Math.clamp(memory / 8192, 64, 1024));
    }
}
