package dev.ristretto.network.tcp;

import dev.ristretto.network.stack.Budget;

/**
 * How much TCP may use. What happens at each limit:
 * <ul>
 * <li>{@code connections}: the oldest connection in TIME-WAIT is forgotten; if there is none, a SYN is dropped (the peer tries again) and
 *     {@code connect} fails with ENOBUFS;</li>
 * <li>{@code halfOpen}: SYNs are answered with cookies, which take no memory;</li>
 * <li>{@code blocks}: sending may use three quarters, beyond which programs that write wait, those earlier whose connection has a block or more
 *     ({@link BlockPool#hasForSending}); so may receiving, beyond which every segment with data is dropped (the peer sends it again). An eighth before
 *     either end, segments that come early are dropped. Above one half, no buffer grows;</li>
 * <li>packets that hold what was received in order, beside the blocks: half of a pool ({@link dev.ristretto.network.device.PacketPool#isHalfUsed}), beyond which
 *     bytes are copied to blocks. They count towards the half above which no buffer grows.</li>
 * </ul>
 *
 * @param connections endpoints at most, those in TIME-WAIT included
 * @param halfOpen connections that peers began and have not completed
 * @param blocks of {@link BlockPool#BLOCK} bytes, for all buffers together
 * @param initialBuffer bytes that each buffer of a connection may hold at first
 * @param mostBuffer bytes that it may hold after it grew
 */
record TcpLimits(int connections, int halfOpen, int blocks, int initialBuffer, int mostBuffer) {
    private static final int INITIAL_BUFFER = 64 * 1024;
    private static final int MOST_BUFFER = 16 * 1024 * 1024;

    static TcpLimits of(Budget budget) {
        int blocks = Math.clamp(budget.socketBufferBytes() / BlockPool.BLOCK, 16, 1 << 20);
        long bytes = (long) blocks * BlockPool.BLOCK;
        int most = Math.clamp(bytes / 4, 16 * 1024, MOST_BUFFER);
        return new TcpLimits(budget.connections(), budget.halfOpenConnections(), blocks, Math.min(INITIAL_BUFFER, most), most);
    }
}
