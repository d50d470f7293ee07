package dev.ristretto.jdk.zip;

import java.util.Random;

/** Data for the tests of the compressor and the decompressor, drawn from a seed so that a failure can be repeated. */
final class Samples {
    private Samples() {
    }

    /** Data in which runs, repetitions near and far, text and noise alternate, so that every kind of block and code occurs. */
    static byte[] mixed(long seed, int size) {
        Random random = new Random(seed);
        byte[] data = new byte[size];
        int at = 0;
        while (at < size) {
            int n = Math.min(size - at, 1 + random.nextInt(1 << random.nextInt(13)));
            switch (random.nextInt(5)) {
                case 0 -> java.util.Arrays.fill(data, at, at + n, (byte) random.nextInt());
                case 1 -> {
                    for (int i = 0; i < n; i++) {
                        data[at + i] = (byte) random.nextInt();
                    }
                }
                case 2 -> {
                    for (int i = 0; i < n; i++) {
                        data[at + i] = (byte) ('a' + Math.min(25, Math.abs((int) (random.nextGaussian() * 8))));
                    }
                }
                default -> {
                    int back = at == 0 ? 0 : 1 + random.nextInt(Math.min(at, 1 << 15));
                    for (int i = 0; i < n; i++) {
                        data[at + i] = back == 0 ? 0 : data[at + i - back];
                    }
                }
            }
            at += n;
        }
        return data;
    }

    /** Lengths to cut data into: mostly small, sometimes none, sometimes large. */
    static int pieceSize(Random random) {
        return random.nextInt(8) == 0 ? 0 : random.nextInt(1 << random.nextInt(17));
    }
}
