package dev.ristretto.jdk.zip;

import java.util.Arrays;
import java.util.zip.DataFormatException;

import dev.ristretto.jdk.zip.HuffmanTable.Alphabet;
import jdk.internal.misc.Unsafe;

/**
 * Decompresses one deflate stream (RFC 1951), raw or in a zlib wrapper (RFC 1950), in pieces of any size.
 *
 * <p>Behaves as zlib's {@code inflate} with {@code Z_PARTIAL_FLUSH}: it stops when it needs input that is not there, when it has a
 * byte to deliver and no room for it, when it needs a dictionary, or at the end of the stream. It takes from the input exactly the
 * bytes that it needed; in particular none beyond the end of the stream. Error messages are zlib's, which programs show and compare.
 *
 * <p>Not safe for use by several threads at once; {@code java.util.zip.Inflater} holds a lock.
 */
final class InflaterEngine {
    /** The longest distance a stream may refer back (RFC 1951 §2). */
    private static final int WINDOW = 1 << 15;

    /** Most bits of a length and a distance with their extra bits: 15 + 5 + 15 + 13. */
    private static final int LONGEST_MATCH_CODE = 48;
    /** Most input bytes one turn of {@link #decodeFast} looks at. */
    private static final int FAST_INPUT = Long.BYTES;
    /** Most bytes one turn of {@link #decodeFast} delivers. */
    private static final int FAST_OUTPUT = 258;

    private static final String BAD_LITERAL_OR_LENGTH = "invalid literal/length code";
    private static final String BAD_DISTANCE = "invalid distance code";
    private static final String TOO_FAR_BACK = "invalid distance too far back";

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /** The order in which a block header gives the lengths of the code for code lengths (RFC 1951 §3.2.7). */
    private static final byte[] CODE_LENGTH_ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

    private static final HuffmanTable FIXED_LITERALS = new HuffmanTable();
    private static final HuffmanTable FIXED_DISTANCES = new HuffmanTable();

    static {
        byte[] lengths = new byte[288];
        Arrays.fill(lengths, 0, 144, (byte) 8);
        Arrays.fill(lengths, 144, 256, (byte) 9);
        Arrays.fill(lengths, 256, 280, (byte) 7);
        Arrays.fill(lengths, 280, 288, (byte) 8);
        FIXED_LITERALS.build(Alphabet.LITERALS_AND_LENGTHS, lengths, 0, 288);
        Arrays.fill(lengths, 0, 32, (byte) 5);
        FIXED_DISTANCES.build(Alphabet.DISTANCES, lengths, 0, 32);
    }

    private enum State {
        WRAPPER_HEADER, DICTIONARY_ID, DICTIONARY, BLOCK_HEADER, STORED_LENGTH, STORED_DATA, TABLE_SIZES, CODE_LENGTH_LENGTHS,
        CODE_LENGTHS, SYMBOL, LITERAL, LENGTH_EXTRA, DISTANCE, DISTANCE_EXTRA, MATCH, WRAPPER_TRAILER, DONE, FAILED
    }

    private final boolean wrapped;
    private State state;
    private String failure;
    private int adler;
    private int dictionaryId;
    private boolean haveDictionary;

    /**
     * Bits taken from the input and not used yet; the next one is the lowest. Bits above {@link #bitCount} are zero. Between calls
     * these are fewer than eight, or the beginning of something whose rest is still missing.
     */
    private long bitBuffer;
    private int bitCount;

    private boolean lastBlock;
    private int storedLeft;
    private int literalCount;
    private int distanceCount;
    private int codeLengthCount;
    private int have;
    private final byte[] lengths = new byte[286 + 30];
    private final HuffmanTable codeLengths = new HuffmanTable();
    private final HuffmanTable blockLiterals = new HuffmanTable();
    private final HuffmanTable blockDistances = new HuffmanTable();
    private HuffmanTable literals;
    private HuffmanTable distances;
    private int length;
    private int distance;
    private int extraBits;

    /** The last output before this call, as a ring; allocated when a stream first needs more than one call. */
    private byte[] window;
    private int windowNext;
    private int windowFilled;

    private byte[] in;
    private int inNext;
    private int inEnd;
    private byte[] out;
    private int outStart;
    private int outNext;
    private int outEnd;
    private int consumed;
    private int produced;

    /** @param wrapped whether the stream has the zlib header and trailer */
    InflaterEngine(boolean wrapped) {
        this.wrapped = wrapped;
        // zlib leaves the checksum field of a raw stream as it was allocated.
        this.adler = wrapped ? Adler32Sum.INITIAL : 0;
        reset();
    }

    /** Makes ready for another stream. */
    void reset() {
        state = wrapped ? State.WRAPPER_HEADER : State.BLOCK_HEADER;
        if (wrapped) {
            adler = Adler32Sum.INITIAL;
        }
        failure = null;
        haveDictionary = false;
        bitBuffer = 0;
        bitCount = 0;
        lastBlock = false;
        windowNext = 0;
        windowFilled = 0;
        consumed = 0;
        produced = 0;
    }

    /** Input bytes that the last call of {@link #inflate} took, also when it failed. */
    int consumed() {
        return consumed;
    }

    /** Output bytes that the last call of {@link #inflate} delivered, also when it failed. */
    int produced() {
        return produced;
    }

    /** Whether the stream, with its trailer, has ended. */
    boolean finished() {
        return state == State.DONE;
    }

    /** Whether the stream waits for {@link #setDictionary}. */
    boolean needsDictionary() {
        return state == State.DICTIONARY && !haveDictionary;
    }

    /** The Adler-32 of the output so far, or of the dictionary that is needed; 0 for a raw stream. */
    int adler() {
        return adler;
    }

    /**
     * Supplies the preset dictionary: when the stream asks for it, or, for a raw stream, at any time.
     *
     * @throws IllegalArgumentException if the stream did not ask, or asked for one with another checksum
     */
    void setDictionary(byte[] dictionary, int offset, int length) {
        if (wrapped) {
            if (state != State.DICTIONARY) {
                throw new IllegalArgumentException();
            }
            if (Adler32Sum.update(Adler32Sum.INITIAL, dictionary, offset, length) != dictionaryId) {
                throw new IllegalArgumentException();
            }
        }
        remember(dictionary, offset, length);
        haveDictionary = true;
    }

    /**
     * Decompresses as much as input and room allow. {@link #consumed}, {@link #produced}, {@link #finished} and
     * {@link #needsDictionary} then say what happened.
     *
     * @throws DataFormatException if the stream is not valid; the output up to there has been delivered, and every further call throws
     *             again until {@link #reset}
     */
    void inflate(byte[] input, int inputOffset, int inputLength, byte[] output, int outputOffset, int outputLength)
                    throws DataFormatException {
        in = input;
        inNext = inputOffset;
        inEnd = inputOffset + inputLength;
        out = output;
        outStart = outputOffset;
        outNext = outputOffset;
        outEnd = outputOffset + outputLength;
        int checked = outStart;
        try {
            while (state != State.FAILED) {
                if (state == State.WRAPPER_TRAILER) {
                    addToChecksum(checked);
                    checked = outNext;
                }
                if (!step()) {
                    break;
                }
            }
        } finally {
            addToChecksum(checked);
            consumed = inNext - inputOffset;
            produced = outNext - outStart;
            if (state != State.DONE && state != State.FAILED) {
                remember(out, outStart, produced);
            }
            in = null;
            out = null;
        }
        if (state == State.FAILED) {
            throw new DataFormatException(failure);
        }
    }

    private void addToChecksum(int from) {
        if (wrapped && outNext > from) {
            adler = Adler32Sum.update(adler, out, from, outNext - from);
        }
    }

    /** One state's work. Returns false when input, room or a dictionary is missing, or nothing is left to do. */
    private boolean step() {
        return switch (state) {
            case WRAPPER_HEADER -> readWrapperHeader();
            case DICTIONARY_ID -> readDictionaryId();
            case DICTIONARY -> startAfterDictionary();
            case BLOCK_HEADER -> readBlockHeader();
            case STORED_LENGTH -> readStoredLength();
            case STORED_DATA -> copyStored();
            case TABLE_SIZES -> readTableSizes();
            case CODE_LENGTH_LENGTHS -> readCodeLengthLengths();
            case CODE_LENGTHS -> readCodeLengths();
            case SYMBOL, LITERAL, LENGTH_EXTRA, DISTANCE, DISTANCE_EXTRA, MATCH -> decode();
            case WRAPPER_TRAILER -> readWrapperTrailer();
            case DONE, FAILED -> false;
        };
    }

    private boolean fail(String message) {
        failure = message;
        state = State.FAILED;
        return false;
    }

    // Bits

    /** Makes at least {@code n} (0 to 32) bits available, if the input has them, and takes no more bytes than that. */
    private boolean need(int n) {
        while (bitCount < n) {
            if (!pullByte()) {
                return false;
            }
        }
        return true;
    }

    private boolean pullByte() {
        if (inNext == inEnd) {
            return false;
        }
        bitBuffer |= (in[inNext++] & 0xffL) << bitCount;
        bitCount += 8;
        return true;
    }

    private int peek(int n) {
        return (int) (bitBuffer & ((1L << n) - 1));
    }

    private void drop(int n) {
        bitBuffer >>>= n;
        bitCount -= n;
    }

    private int take(int n) {
        int value = peek(n);
        drop(n);
        return value;
    }

    /** Decodes one symbol's entry and drops its bits; -1 if the input ends first. */
    private int decodeEntry(HuffmanTable table) {
        int[] entries = table.entries();
        while (true) {
            int entry = entries[peek(table.bits())];
            int used = entry & 31;
            if ((entry & HuffmanTable.KIND_MASK) == HuffmanTable.LINK && used <= bitCount) {
                int index = (int) (bitBuffer >>> used & ((1L << (entry >>> 8 & 31)) - 1));
                entry = entries[(entry >>> 16) + index];
                used += entry & 31;
            }
            if (used <= bitCount) {
                drop(used);
                return entry;
            }
            if (!pullByte()) {
                return -1;
            }
        }
    }

    // Wrapper (RFC 1950 §2.2)

    private boolean readWrapperHeader() {
        if (!need(16)) {
            return false;
        }
        int cmf = peek(8);
        int flg = peek(16) >>> 8;
        if ((cmf << 8 | flg) % 31 != 0) {
            return fail("incorrect header check");
        }
        if ((cmf & 0xf) != 8) {
            return fail("unknown compression method");
        }
        if ((cmf >>> 4) + 8 > 15) {
            return fail("invalid window size");
        }
        drop(16);
        state = (flg & 0x20) != 0 ? State.DICTIONARY_ID : State.BLOCK_HEADER;
        return true;
    }

    private boolean readDictionaryId() {
        if (!need(32)) {
            return false;
        }
        dictionaryId = Integer.reverseBytes(take(32));
        adler = dictionaryId;
        state = State.DICTIONARY;
        return true;
    }

    private boolean startAfterDictionary() {
        if (!haveDictionary) {
            return false;
        }
        adler = Adler32Sum.INITIAL;
        state = State.BLOCK_HEADER;
        return true;
    }

    private boolean readWrapperTrailer() {
        if (!need(32)) {
            return false;
        }
        if (Integer.reverseBytes(peek(32)) != adler) {
            return fail("incorrect data check");
        }
        drop(32);
        state = State.DONE;
        return true;
    }

    // Blocks (RFC 1951 §3.2.3)

    private boolean readBlockHeader() {
        if (lastBlock) {
            drop(bitCount & 7);
            state = wrapped ? State.WRAPPER_TRAILER : State.DONE;
            return true;
        }
        if (!need(3)) {
            return false;
        }
        lastBlock = take(1) != 0;
        switch (take(2)) {
            case 0 -> {
                drop(bitCount & 7);
                state = State.STORED_LENGTH;
            }
            case 1 -> {
                literals = FIXED_LITERALS;
                distances = FIXED_DISTANCES;
                state = State.SYMBOL;
            }
            case 2 -> state = State.TABLE_SIZES;
            default -> {
                return fail("invalid block type");
            }
        }
        return true;
    }

    private boolean readStoredLength() {
        if (!need(32)) {
            return false;
        }
        int both = peek(32);
        if ((both & 0xffff) != (~both >>> 16)) {
            return fail("invalid stored block lengths");
        }
        storedLeft = both & 0xffff;
        drop(32);
        state = State.STORED_DATA;
        return true;
    }

    private boolean copyStored() {
        // The length field ended on a byte boundary and took all bits there were.
        while (storedLeft > 0) {
            int n = Math.min(storedLeft, Math.min(inEnd - inNext, outEnd - outNext));
            if (n == 0) {
                return false;
            }
            System.arraycopy(in, inNext, out, outNext, n);
            inNext += n;
            outNext += n;
            storedLeft -= n;
        }
        state = State.BLOCK_HEADER;
        return true;
    }

    private boolean readTableSizes() {
        if (!need(14)) {
            return false;
        }
        literalCount = take(5) + 257;
        distanceCount = take(5) + 1;
        codeLengthCount = take(4) + 4;
        if (literalCount > 286 || distanceCount > 30) {
            return fail("too many length or distance symbols");
        }
        have = 0;
        Arrays.fill(lengths, 0, CODE_LENGTH_ORDER.length, (byte) 0);
        state = State.CODE_LENGTH_LENGTHS;
        return true;
    }

    private boolean readCodeLengthLengths() {
        while (have < codeLengthCount) {
            if (!need(3)) {
                return false;
            }
            lengths[CODE_LENGTH_ORDER[have++]] = (byte) take(3);
        }
        if (!codeLengths.build(Alphabet.CODE_LENGTHS, lengths, 0, CODE_LENGTH_ORDER.length)) {
            return fail("invalid code lengths set");
        }
        have = 0;
        state = State.CODE_LENGTHS;
        return true;
    }

    private boolean readCodeLengths() {
        int total = literalCount + distanceCount;
        while (have < total) {
            int entry = codeLengths.entries()[peek(codeLengths.bits())];
            int used = entry & 31;
            if (used > bitCount) {
                if (!pullByte()) {
                    return false;
                }
                continue;
            }
            int symbol = entry >>> 16;
            if (symbol < 16) {
                drop(used);
                lengths[have++] = (byte) symbol;
                continue;
            }
            int extra = symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
            if (!need(used + extra)) {
                return false;
            }
            drop(used);
            if (symbol == 16 && have == 0) {
                return fail("invalid bit length repeat");
            }
            int repeat = take(extra) + (symbol == 18 ? 11 : 3);
            if (have + repeat > total) {
                return fail("invalid bit length repeat");
            }
            Arrays.fill(lengths, have, have + repeat, symbol == 16 ? lengths[have - 1] : 0);
            have += repeat;
        }
        if (lengths[256] == 0) {
            return fail("invalid code -- missing end-of-block");
        }
        if (!blockLiterals.build(Alphabet.LITERALS_AND_LENGTHS, lengths, 0, literalCount)) {
            return fail("invalid literal/lengths set");
        }
        if (!blockDistances.build(Alphabet.DISTANCES, lengths, literalCount, distanceCount)) {
            return fail("invalid distances set");
        }
        literals = blockLiterals;
        distances = blockDistances;
        state = State.SYMBOL;
        return true;
    }

    // Compressed data

    /** Runs from any state inside a compressed block to the end of the block, or until something is missing. */
    private boolean decode() {
        while (true) {
            switch (state) {
                case SYMBOL -> {
                    if (inEnd - inNext >= FAST_INPUT && outEnd - outNext >= FAST_OUTPUT) {
                        decodeFast();
                    } else if (!decodeSymbol()) {
                        return false;
                    }
                }
                case LITERAL -> {
                    if (outNext == outEnd) {
                        return false;
                    }
                    out[outNext++] = (byte) length;
                    state = State.SYMBOL;
                }
                case LENGTH_EXTRA -> {
                    if (!need(extraBits)) {
                        return false;
                    }
                    length += take(extraBits);
                    state = State.DISTANCE;
                }
                case DISTANCE -> {
                    if (!decodeDistance()) {
                        return false;
                    }
                }
                case DISTANCE_EXTRA -> {
                    if (!need(extraBits)) {
                        return false;
                    }
                    distance += take(extraBits);
                    if (distance > windowFilled + (outNext - outStart)) {
                        return fail(TOO_FAR_BACK);
                    }
                    state = State.MATCH;
                }
                case MATCH -> {
                    int n = Math.min(length, outEnd - outNext);
                    outNext = copyMatch(outNext, distance, n);
                    length -= n;
                    if (length > 0) {
                        return false;
                    }
                    state = State.SYMBOL;
                }
                default -> {
                    return state != State.FAILED;
                }
            }
        }
    }

    private boolean decodeSymbol() {
        int entry = decodeEntry(literals);
        if (entry == -1) {
            return false;
        }
        switch (entry & HuffmanTable.KIND_MASK) {
            case HuffmanTable.LITERAL -> {
                length = entry >>> 16;
                state = State.LITERAL;
            }
            case HuffmanTable.BASE -> {
                length = entry >>> 16;
                extraBits = entry >>> 8 & 31;
                state = State.LENGTH_EXTRA;
            }
            case HuffmanTable.END_OF_BLOCK -> state = State.BLOCK_HEADER;
            default -> {
                return fail(BAD_LITERAL_OR_LENGTH);
            }
        }
        return true;
    }

    private boolean decodeDistance() {
        int entry = decodeEntry(distances);
        if (entry == -1) {
            return false;
        }
        if ((entry & HuffmanTable.KIND_MASK) != HuffmanTable.BASE) {
            return fail(BAD_DISTANCE);
        }
        distance = entry >>> 16;
        extraBits = entry >>> 8 & 31;
        state = State.DISTANCE_EXTRA;
        return true;
    }

    /**
     * Decodes whole symbols for as long as neither input nor room can run out within one. Leaves the state as it is, or at the end of
     * the block, or failed; whole bytes that were read ahead are given back.
     */
    private void decodeFast() {
        byte[] source = in;
        int next = inNext;
        int lastIn = inEnd - FAST_INPUT;
        int to = outNext;
        int lastOut = outEnd - FAST_OUTPUT;
        int[] literalEntries = literals.entries();
        int literalMask = (1 << literals.bits()) - 1;
        int[] distanceEntries = distances.entries();
        int distanceMask = (1 << distances.bits()) - 1;
        long buffer = bitBuffer;
        int count = bitCount;

        while (next <= lastIn && to <= lastOut) {
            if (count < LONGEST_MATCH_CODE) {
                // Bits above count are those of the next byte already; reading them again changes nothing.
                buffer |= UNSAFE.getLongUnaligned(source, Unsafe.ARRAY_BYTE_BASE_OFFSET + next, false) << count;
                next += (63 - count) >>> 3;
                count |= 56;
            }
            int entry = literalEntries[(int) buffer & literalMask];
            if ((entry & HuffmanTable.KIND_MASK) == HuffmanTable.LINK) {
                buffer >>>= entry & 31;
                count -= entry & 31;
                entry = literalEntries[(entry >>> 16) + ((int) buffer & ((1 << (entry >>> 8 & 31)) - 1))];
            }
            buffer >>>= entry & 31;
            count -= entry & 31;
            int kind = entry & HuffmanTable.KIND_MASK;
            if (kind == HuffmanTable.LITERAL) {
                out[to++] = (byte) (entry >>> 16);
                continue;
            }
            if (kind != HuffmanTable.BASE) {
                if (kind == HuffmanTable.END_OF_BLOCK) {
                    state = State.BLOCK_HEADER;
                } else {
                    fail(BAD_LITERAL_OR_LENGTH);
                }
                break;
            }
            int extra = entry >>> 8 & 31;
            int matchLength = (entry >>> 16) + ((int) buffer & ((1 << extra) - 1));
            buffer >>>= extra;
            count -= extra;

            entry = distanceEntries[(int) buffer & distanceMask];
            if ((entry & HuffmanTable.KIND_MASK) == HuffmanTable.LINK) {
                buffer >>>= entry & 31;
                count -= entry & 31;
                entry = distanceEntries[(entry >>> 16) + ((int) buffer & ((1 << (entry >>> 8 & 31)) - 1))];
            }
            buffer >>>= entry & 31;
            count -= entry & 31;
            if ((entry & HuffmanTable.KIND_MASK) != HuffmanTable.BASE) {
                fail(BAD_DISTANCE);
                break;
            }
            extra = entry >>> 8 & 31;
            int matchDistance = (entry >>> 16) + ((int) buffer & ((1 << extra) - 1));
            buffer >>>= extra;
            count -= extra;
            if (matchDistance > windowFilled + (to - outStart)) {
                fail(TOO_FAR_BACK);
                break;
            }
            to = copyMatch(to, matchDistance, matchLength);
        }
        inNext = next - (count >>> 3);
        bitCount = count & 7;
        bitBuffer = buffer & ((1L << bitCount) - 1);
        outNext = to;
    }

    /** Repeats {@code n} bytes from {@code back} bytes ago; returns the position after them. The distance has been checked. */
    private int copyMatch(int at, int back, int n) {
        byte[] target = out;
        int to = at;
        int left = n;
        int beforeThisCall = back - (to - outStart);
        if (beforeThisCall > 0) {
            int from = windowNext - beforeThisCall & (WINDOW - 1);
            for (int k = Math.min(left, beforeThisCall); k > 0; k--, left--) {
                target[to++] = window[from];
                from = from + 1 & (WINDOW - 1);
            }
        }
        int from = to - back;
        if (back >= Long.BYTES) {
            for (; left >= Long.BYTES; left -= Long.BYTES, to += Long.BYTES, from += Long.BYTES) {
                UNSAFE.putLongUnaligned(target, Unsafe.ARRAY_BYTE_BASE_OFFSET + to,
                                UNSAFE.getLongUnaligned(target, Unsafe.ARRAY_BYTE_BASE_OFFSET + from));
            }
        }
        for (; left > 0; left--) {
            target[to++] = target[from++];
        }
        return to;
    }

    // Window

    /** Appends to the window what later calls may refer back to. */
    private void remember(byte[] bytes, int offset, int count) {
        if (count == 0) {
            return;
        }
        if (window == null) {
            window = new byte[WINDOW];
        }
        int n = Math.min(count, WINDOW);
        int from = offset + count - n;
        int first = Math.min(n, WINDOW - windowNext);
        System.arraycopy(bytes, from, window, windowNext, first);
        System.arraycopy(bytes, from + first, window, 0, n - first);
        windowNext = windowNext + n & (WINDOW - 1);
        windowFilled = Math.min(WINDOW, windowFilled + n);
    }
}
