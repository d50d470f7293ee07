package dev.ristretto.network.tcp;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;

/**
 * What TCP of one stack makes use of. Switching an option off makes a peer out of it such as old machines are.
 *
 * @param algorithm congestion control of all connections
 * @param sack selective acknowledgements, and with them RACK and TLP
 * @param timestamps timestamps (RFC 7323)
 * @param windowScaling windows above 64 KiB
 * @param memory makes the blocks that buffers consist of, each when it is first needed; given a size in bytes
 */
public record TcpSettings(CongestionControl.Algorithm algorithm, boolean sack, boolean timestamps, boolean windowScaling,
        IntFunction<ByteBuffer> memory) {
    /** Everything, with CUBIC; buffers outside of the Java heap. */
    public static final TcpSettings DEFAULT = new TcpSettings(CongestionControl.Algorithm.CUBIC, true, true, true, ByteBuffer::allocateDirect);
}
