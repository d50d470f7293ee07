package dev.ristretto.jdk.zip;

/**
 * One call of a {@code deflate…} native of {@code java.util.zip.Deflater}, whose input and output are each part of an array or memory
 * at an address. The engine knows arrays only, so memory goes through small arrays, piece by piece.
 */
final class DeflaterCall {
    private static final int PIECE = 16 * 1024;
    private static final int NO_FLUSH = 0;

    private final DeflaterEngine engine;
    private final int flush;
    private final boolean setParams;
    private final int strategy;
    private final int level;
    private int consumed;
    private int produced;

    /**
     * @param flush as in zlib
     * @param params as {@code Deflater} packs them: bit 0 whether to set them, bits 1 and 2 the strategy, from bit 3 the level
     */
    DeflaterCall(DeflaterEngine engine, int flush, int params) {
        this.engine = engine;
        this.flush = flush;
        this.setParams = (params & 1) != 0;
        this.strategy = params >> 1 & 3;
        this.level = params >> 3;
    }

    /** A whole call: what {@link #run(byte[], long, int, byte[], long, int)} does, for the deflater with this handle. */
    static long run(long handle, byte[] input, long inputStart, int inputLength, byte[] output, long outputStart, int outputLength,
                    int flush, int params) {
        DeflaterCall call = new DeflaterCall(Engines.DEFLATERS.get(handle), flush, params);
        call.run(input, inputStart, inputLength, output, outputStart, outputLength);
        return call.result();
    }

    /** What the native returns. */
    long result() {
        return Result.pack(consumed, produced, engine.finished(), engine.paramsPending());
    }

    /**
     * Compresses as much as input and room allow.
     *
     * @param input the array that holds the input, or null for memory
     * @param inputStart the index of the input in the array, or its address
     * @param output the array that holds the room for output, or null for memory
     * @param outputStart the index of the room in the array, or its address
     */
    void run(byte[] input, long inputStart, int inputLength, byte[] output, long outputStart, int outputLength) {
        byte[] source = input != null ? input : new byte[Math.min(PIECE, inputLength)];
        byte[] target = output != null ? output : new byte[Math.min(PIECE, outputLength)];
        boolean more;
        do {
            int offer = inputLength - consumed;
            int space = outputLength - produced;
            if (input == null) {
                offer = Math.min(offer, PIECE);
                NativeBytes.read(inputStart + consumed, source, offer);
            }
            if (output == null) {
                space = Math.min(space, PIECE);
            }
            boolean lastInput = consumed + offer == inputLength;
            int from = input == null ? 0 : (int) inputStart + consumed;
            int to = output == null ? 0 : (int) outputStart + produced;
            if (setParams && lastInput) {
                engine.setParams(level, strategy, source, from, offer, target, to, space);
            } else {
                engine.deflate(source, from, offer, target, to, space, lastInput ? flush : NO_FLUSH);
            }
            if (output == null) {
                NativeBytes.write(target, outputStart + produced, engine.produced());
            }
            consumed += engine.consumed();
            produced += engine.produced();
            more = !lastInput && engine.consumed() == offer || engine.produced() == space && produced < outputLength;
        } while (more && !engine.finished());
    }
}
