package dev.ristretto.jdk.io;

import dev.ristretto.kernel.entropy.Entropy;

/** Where {@code /dev/random} gets its bytes from. */
final class MachineEntropy {
    private MachineEntropy() {
    }

    static void fill(byte[] bytes) {
        Entropy.fill(bytes, 0, bytes.length);
    }
}
