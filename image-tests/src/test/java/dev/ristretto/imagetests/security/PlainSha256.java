package dev.ristretto.imagetests.security;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** SHA-256 as FIPS 180-4 defines it, which computes its constants, too. */
final class PlainSha256 {
    private static final int BLOCK = 64;
    /** Fractional parts of the cube roots of the first 64 primes, and of the square roots of the first eight. */
    private static final int[] CONSTANTS = primes(64).map(prime -> fraction(prime, 3)).toArray();
    private static final int[] START = primes(8).map(prime -> fraction(prime, 2)).toArray();

    private PlainSha256() {
    }

    private static IntStream primes(int count) {
        return IntStream.iterate(2, n -> n + 1).filter(n -> BigInteger.valueOf(n).isProbablePrime(30)).limit(count);
    }

    /** The first 32 bits behind the point of a root: the lower half of the root of the number times 2 to the 32 times degree. */
    private static int fraction(int number, int degree) {
        BigInteger power = BigInteger.valueOf(number).shiftLeft(32 * degree);
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.ONE.shiftLeft(48);
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            if (middle.pow(degree).compareTo(power) <= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low.intValue();
    }

    static byte[] digest(byte[] message) {
        ByteBuffer padded = ByteBuffer.allocate((message.length + 9 + BLOCK - 1) / BLOCK * BLOCK);
        padded.put(message).put((byte) 0x80).putLong(padded.capacity() - 8, 8L * message.length).rewind();
        int[] hash = START.clone();
        int[] w = new int[64];
        while (padded.hasRemaining()) {
            for (int t = 0; t < 64; t++) {
                w[t] = t < 16 ? padded.getInt() : small(w[t - 2], 17, 19, 10) + w[t - 7] + small(w[t - 15], 7, 18, 3) + w[t - 16];
            }
            compress(hash, w);
        }
        ByteBuffer result = ByteBuffer.allocate(32);
        IntStream.of(hash).forEach(result::putInt);
        return result.array();
    }

    private static void compress(int[] hash, int[] w) {
        int[] s = hash.clone();
        for (int t = 0; t < 64; t++) {
            int t1 = s[7] + large(s[4], 6, 11, 25) + (s[4] & s[5] ^ ~s[4] & s[6]) + CONSTANTS[t] + w[t];
            int t2 = large(s[0], 2, 13, 22) + (s[0] & s[1] ^ s[0] & s[2] ^ s[1] & s[2]);
            System.arraycopy(s, 0, s, 1, 7);
            s[4] += t1;
            s[0] = t1 + t2;
        }
        for (int i = 0; i < 8; i++) {
            hash[i] += s[i];
        }
    }

    private static int large(int x, int a, int b, int c) {
        return Integer.rotateRight(x, a) ^ Integer.rotateRight(x, b) ^ Integer.rotateRight(x, c);
    }

    private static int small(int x, int a, int b, int shift) {
        return Integer.rotateRight(x, a) ^ Integer.rotateRight(x, b) ^ x >>> shift;
    }
}
