package dev.ristretto.jdk.net;

import dev.ristretto.kernel.entropy.Entropy;
import dev.ristretto.network.RandomSource;
import java.util.concurrent.locks.ReentrantLock;

/** The machine's randomness in words; fetched in batches, because the instruction for it is slow on some hypervisors. */
final class MachineRandom implements RandomSource {
    private static final int BATCH = 32;

    private final ReentrantLock lock = new ReentrantLock();
    private final byte[] bytes = new byte[BATCH * Long.BYTES];
    private int used = bytes.length;

    @Override
    public long nextLong() {
        lock.lock();
        try {
            if (used == bytes.length) {
                Entropy.fill(bytes, 0, bytes.length);
                used = 0;
            }
            long word = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                word = word << 8 | bytes[used] & 0xff;
                // What was given out must not be found in memory later.
                bytes[used++] = 0;
            }
            return word;
        } finally {
            lock.unlock();
        }
    }
}
