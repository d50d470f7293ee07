package dev.ristretto.network.simulation;

import java.nio.ByteBuffer;

/** A stream of bytes that a seed determines: made at one end, compared at the other. */
final class Content {
    private final long seed;
    private final long length;
    private long position;

    Content(long seed, long length) {
        this.seed = seed;
        this.length = length;
    }

    boolean isAtEnd() {
        return position == length;
    }

    long position() {
        return position;
    }

    private byte at(long index) {
        long z = (index >> 3) * 0x9e3779b97f4a7c15L + seed;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        return (byte) ((z ^ z >>> 27) >>> (index & 7) * 8);
    }

    void fill(ByteBuffer buffer) {
        while (buffer.hasRemaining() && position < length) {
            buffer.put(at(position++));
        }
    }

    void check(ByteBuffer buffer) {
        while (buffer.hasRemaining()) {
            byte found = buffer.get();
            if (position >= length) {
                throw new AssertionError("more than the " + length + " bytes that were sent");
            }
            if (found != at(position)) {
                throw new AssertionError("byte " + position + " of " + length + " is wrong");
            }
            position++;
        }
    }
}
