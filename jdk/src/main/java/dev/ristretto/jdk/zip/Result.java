package dev.ristretto.jdk.zip;

/**
 * The {@code long} in which the natives of {@code Inflater} and {@code Deflater} return: bits 0 to 30 the input bytes taken, bits 31
 * to 61 the output bytes delivered, bit 62 "finished", bit 63 "a dictionary is needed" or "the parameters are still to be set".
 */
final class Result {
    private Result() {
    }

    static long pack(int consumed, int produced, boolean finished, boolean again) {
        return consumed | (long) produced << 31 | (finished ? 1L << 62 : 0) | (again ? 1L << 63 : 0);
    }
}
