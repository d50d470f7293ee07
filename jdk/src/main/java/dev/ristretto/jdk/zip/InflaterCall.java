package dev.ristretto.jdk.zip;

import java.util.zip.DataFormatException;

/**
 * One call of an {@code inflate…} native of {@code java.util.zip.Inflater}, whose input and output are each part of an array or memory
 * at an address. The engine knows arrays only, so memory goes through small arrays, piece by piece.
 */
final class InflaterCall {
    private static final int PIECE = 16 * 1024;

    private final InflaterEngine engine;
    private int consumed;
    private int produced;

    InflaterCall(InflaterEngine engine) {
        this.engine = engine;
    }

    /** Input bytes taken, also when {@link #run} failed. */
    int consumed() {
        return consumed;
    }

    /** Output bytes delivered, also when {@link #run} failed. */
    int produced() {
        return produced;
    }

    /** What the native returns. */
    long result() {
        return Result.pack(consumed, produced, engine.finished(), engine.needsDictionary());
    }

    /**
     * Decompresses as much as input and room allow.
     *
     * @param input the array that holds the input, or null for memory
     * @param inputStart the index of the input in the array, or its address
     * @param output the array that holds the room for output, or null for memory
     * @param outputStart the index of the room in the array, or its address
     * @throws DataFormatException if the stream is not valid
     */
    void run(byte[] input, long inputStart, int inputLength, byte[] output, long outputStart, int outputLength)
                    throws DataFormatException {
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
            try {
                engine.inflate(source, input == null ? 0 : (int) inputStart + consumed, offer,
                                target, output == null ? 0 : (int) outputStart + produced, space);
            } finally {
                if (output == null) {
                    NativeBytes.write(target, outputStart + produced, engine.produced());
                }
                consumed += engine.consumed();
                produced += engine.produced();
            }
            more = engine.consumed() == offer && consumed < inputLength || engine.produced() == space && produced < outputLength;
        } while (more && !engine.finished() && !engine.needsDictionary());
    }
}
