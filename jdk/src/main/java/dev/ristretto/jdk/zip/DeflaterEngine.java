package dev.ristretto.jdk.zip;

import com.jcraft.jzlib.GZIPException;
import com.jcraft.jzlib.JZlib;

/**
 * Compresses one deflate stream (RFC 1951), raw or in a zlib wrapper (RFC 1950), in pieces of any size.
 *
 * <p>The work is JZlib's. This class gives it the behaviour that {@code java.util.zip.Deflater} expects of a current zlib where the
 * one JZlib follows (1.1.3) differs: a change of parameters waits until everything compressed with the old ones is out, and raw
 * streams take a dictionary.
 *
 * <p>Not safe for use by several threads at once; {@code java.util.zip.Deflater} holds a lock.
 */
final class DeflaterEngine {
    /** The largest part of a dictionary that matters: the window of RFC 1951 §2. */
    private static final int WINDOW = 1 << 15;
    private static final byte[] NOTHING = {};

    private final boolean wrapped;
    private int level;
    private int strategy;
    private com.jcraft.jzlib.Deflater stream;
    /** Whether input was taken that is not known to be in the output yet. */
    private boolean unflushed;
    private boolean started;
    /** Whether all input was taken in a call that asked for the end of the stream. */
    private boolean finishing;
    private boolean finished;
    private boolean paramsPending;
    private int consumed;
    private int produced;

    /**
     * @param level 0 to 9, or -1 for the default
     * @param strategy 0 (default), 1 (filtered) or 2 (Huffman only)
     * @param wrapped whether to write the zlib header and trailer
     * @throws IllegalArgumentException if level or strategy is none of these
     */
    DeflaterEngine(int level, int strategy, boolean wrapped) {
        this.wrapped = wrapped;
        this.level = level;
        this.strategy = strategy;
        open();
    }

    private void open() {
        try {
            stream = new com.jcraft.jzlib.Deflater(level, JZlib.MAX_WBITS, !wrapped);
        } catch (GZIPException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (stream.params(level, strategy) != JZlib.Z_OK) {
            throw new IllegalArgumentException("strategy " + strategy);
        }
        unflushed = false;
        started = false;
        finishing = false;
        finished = false;
    }

    /** Makes ready for another stream with the same level and strategy. */
    void reset() {
        // JZlib cannot start a stream over; a new one costs the allocation of about 270 KiB.
        open();
    }

    /** Input bytes that the last call of {@link #deflate} or {@link #setParams} took. */
    int consumed() {
        return consumed;
    }

    /** Output bytes that the last call of {@link #deflate} or {@link #setParams} delivered. */
    int produced() {
        return produced;
    }

    /** Whether the stream, with its trailer, has been delivered completely. */
    boolean finished() {
        return finished;
    }

    /** Whether the last {@link #setParams} has to be called again with more room or the rest of the input. */
    boolean paramsPending() {
        return paramsPending;
    }

    /** The Adler-32 of the input so far, or of the dictionary before the first input; 1 for a raw stream. */
    int adler() {
        return wrapped ? (int) stream.getAdler() : Adler32Sum.INITIAL;
    }

    /**
     * Supplies the preset dictionary: before the first input, or, for a raw stream, also after a complete flush.
     *
     * @throws IllegalArgumentException at any other time
     */
    void setDictionary(byte[] dictionary, int offset, int length) {
        if (wrapped ? started : unflushed) {
            throw new IllegalArgumentException();
        }
        if (wrapped) {
            byte[] bytes = new byte[length];
            System.arraycopy(dictionary, offset, bytes, 0, length);
            if (stream.setDictionary(bytes, length) != JZlib.Z_OK) {
                throw new IllegalArgumentException();
            }
        } else {
            int used = Math.min(length, WINDOW);
            compressUnseen(dictionary, offset + length - used, used);
        }
    }

    /**
     * Makes a raw stream remember bytes that a decompressor gets by other means: they are compressed, and the result is thrown away.
     * The flush ends it on a byte boundary, so that nothing of it can show in what follows.
     */
    private void compressUnseen(byte[] bytes, int offset, int length) {
        byte[] unseen = new byte[4096];
        stream.setInput(bytes, offset, length, false);
        do {
            stream.setOutput(unseen, 0, unseen.length);
            check(stream.deflate(JZlib.Z_SYNC_FLUSH));
        } while (stream.getAvailOut() == 0);
    }

    /**
     * Compresses as much as input and room allow. {@link #consumed}, {@link #produced} and {@link #finished} then say what happened.
     *
     * @param flush 0 (none), 2 (sync), 3 (full) or 4 (finish), as in zlib
     */
    void deflate(byte[] input, int inputOffset, int inputLength, byte[] output, int outputOffset, int outputLength, int flush) {
        paramsPending = false;
        run(input, inputOffset, inputLength, output, outputOffset, outputLength, flush);
    }

    /**
     * Changes level and strategy from here on. As in zlib, the input given is still compressed with the old ones. When the end of the
     * stream was asked for and all input taken, there is nothing left to compress, and only the stream after {@link #reset} is affected.
     *
     * @throws IllegalArgumentException if level or strategy is out of range
     */
    void setParams(int newLevel, int newStrategy, byte[] input, int inputOffset, int inputLength, byte[] output, int outputOffset,
                    int outputLength) {
        consumed = 0;
        produced = 0;
        paramsPending = false;
        if (finishing) {
            level = newLevel;
            strategy = newStrategy;
            return;
        }
        if (started && (newLevel != level || newStrategy != strategy)) {
            run(input, inputOffset, inputLength, output, outputOffset, outputLength, JZlib.Z_PARTIAL_FLUSH);
            if (stream.getAvailIn() > 0 || stream.getAvailOut() == 0) {
                paramsPending = true;
                return;
            }
        }
        stream.setInput(NOTHING, 0, 0, false);
        stream.setOutput(NOTHING, 0, 0);
        int result = stream.params(newLevel, newStrategy);
        // JZlib flushes once more; without input and room that does nothing, and Z_BUF_ERROR says so.
        if (result != JZlib.Z_OK && result != JZlib.Z_BUF_ERROR) {
            throw new IllegalArgumentException("level " + newLevel + ", strategy " + newStrategy);
        }
        level = newLevel;
        strategy = newStrategy;
    }

    private void run(byte[] input, int inputOffset, int inputLength, byte[] output, int outputOffset, int outputLength, int flush) {
        stream.setInput(input, inputOffset, inputLength, false);
        stream.setOutput(output, outputOffset, outputLength);
        int result = check(stream.deflate(flush));
        consumed = inputLength - stream.getAvailIn();
        produced = outputLength - stream.getAvailOut();
        started |= consumed > 0 || produced > 0;
        unflushed |= consumed > 0;
        if (flush >= JZlib.Z_SYNC_FLUSH && stream.getAvailIn() == 0 && stream.getAvailOut() > 0) {
            unflushed = false;
        }
        finishing |= flush == JZlib.Z_FINISH && stream.getAvailIn() == 0;
        finished |= result == JZlib.Z_STREAM_END;
    }

    private int check(int result) {
        if (result < 0 && result != JZlib.Z_BUF_ERROR) {
            throw new InternalError(stream.getMessage());
        }
        return result;
    }
}
