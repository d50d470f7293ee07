package dev.ristretto.jdk.zip;

import java.util.Arrays;

/**
 * A decoding table for one Huffman code of a deflate stream (RFC 1951 §3.2.2), in two levels.
 *
 * <p>The next {@link #bits()} bits of the stream index the first level. An entry there is a symbol, or, for codes longer than that,
 * points to a second-level table indexed by the bits that follow. An entry is one {@code int}:
 * <pre>
 *   bits 0..4    how many bits of the stream the entry stands for (at its level)
 *   bits 5..7    its kind
 *   bits 8..12   extra bits that follow (length, distance), or index bits of the second-level table
 *   bits 16..31  the literal or code length, the base of a length or distance, or the start of the second-level table
 * </pre>
 *
 * <p>One instance is built again for every block, so that blocks cost no allocation. Not safe for use by several threads while it is
 * being built; a finished table may be shared.
 */
final class HuffmanTable {
    /** The entry is a literal byte, or a code length in the code for code lengths. */
    static final int LITERAL = 0 << 5;
    /** The entry is the base of a length or distance. */
    static final int BASE = 1 << 5;
    /** The entry points to a second-level table. */
    static final int LINK = 2 << 5;
    /** The entry ends the block. */
    static final int END_OF_BLOCK = 3 << 5;
    /** No symbol has these bits. */
    static final int INVALID = 4 << 5;
    /** Selects the kind of an entry. */
    static final int KIND_MASK = 7 << 5;

    private static final int LONGEST_CODE = 15;

    /** What the symbols of a code mean. */
    enum Alphabet {
        /** The code of code lengths (RFC 1951 §3.2.7): symbols 0 to 18. */
        CODE_LENGTHS(7),
        /** Literals, end of block and lengths (§3.2.5): symbols 0 to 285; 286 and 287 exist in the fixed code and are invalid. */
        LITERALS_AND_LENGTHS(10),
        /** Distances (§3.2.5): symbols 0 to 29; 30 and 31 exist in the fixed code and are invalid. */
        DISTANCES(8);

        /** The first level has at most 1 &lt;&lt; this entries: the second level is then seldom needed, and the first fits the cache. */
        private final int mostFirstLevelBits;

        Alphabet(int mostFirstLevelBits) {
            this.mostFirstLevelBits = mostFirstLevelBits;
        }
    }

    private static final int[] LENGTH_BASE = {
                    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
    private static final int[] LENGTH_EXTRA = {
                    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
    private static final int[] DISTANCE_BASE = {
                    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
                    8193, 12289, 16385, 24577};

    private int[] entries = new int[0];
    private int bits;

    private final int[] count = new int[LONGEST_CODE + 1];
    private final int[] next = new int[LONGEST_CODE + 1];

    /** How many bits of the stream index the first level, 1 to 10. */
    int bits() {
        return bits;
    }

    /** Both levels; the first one starts at 0. Must not be modified. */
    int[] entries() {
        return entries;
    }

    /**
     * Builds the table of the canonical code with the given code lengths.
     *
     * <p>As in zlib, a code must be complete, with two exceptions: no symbols at all, and a single symbol of length 1 (RFC 1951
     * §3.2.7 mentions both for distances). Bits that mean nothing then become {@link #INVALID} entries.
     *
     * @param lengths code lengths by symbol, 0 to 15, 0 for a symbol that does not occur
     * @param offset where the lengths start in the array
     * @param symbols how many symbols there are
     * @return whether the lengths describe a code
     */
    boolean build(Alphabet alphabet, byte[] lengths, int offset, int symbols) {
        Arrays.fill(count, 0);
        for (int symbol = 0; symbol < symbols; symbol++) {
            count[lengths[offset + symbol]]++;
        }
        int longest = LONGEST_CODE;
        while (longest > 0 && count[longest] == 0) {
            longest--;
        }
        if (longest == 0) {
            buildEmpty(alphabet);
            return true;
        }
        int free = 1;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            free = (free << 1) - count[length];
            if (free < 0) {
                return false;
            }
        }
        boolean incomplete = free > 0;
        if (incomplete && (alphabet == Alphabet.CODE_LENGTHS || longest != 1)) {
            return false;
        }
        int code = 0;
        for (int length = 1; length <= LONGEST_CODE; length++) {
            next[length] = code;
            code = (code + count[length]) << 1;
        }
        bits = Math.min(longest, alphabet.mostFirstLevelBits);
        int size = 1 << bits;
        if (longest > bits) {
            size = layOutSecondLevel(lengths, offset, symbols, size);
        } else {
            reserve(size);
        }
        if (incomplete) {
            Arrays.fill(entries, 0, size, INVALID | 1);
        }
        fill(alphabet, lengths, offset, symbols);
        return true;
    }

    /**
     * A code without symbols: every bit is invalid. For the code of code lengths zlib decodes any bit as a length of 0, and leaves it
     * to the missing end-of-block code to make the block invalid.
     */
    private void buildEmpty(Alphabet alphabet) {
        bits = 1;
        reserve(2);
        Arrays.fill(entries, 0, 2, (alphabet == Alphabet.CODE_LENGTHS ? LITERAL : INVALID) | 1);
    }

    /** Writes the links of the first level and returns the size of both levels. */
    private int layOutSecondLevel(byte[] lengths, int offset, int symbols, int firstLevel) {
        reserve(firstLevel);
        Arrays.fill(entries, 0, firstLevel, 0);
        int[] upcoming = next.clone();
        for (int symbol = 0; symbol < symbols; symbol++) {
            int length = lengths[offset + symbol];
            if (length == 0) {
                continue;
            }
            int code = upcoming[length]++;
            if (length > bits) {
                int prefix = reverse(code, length) & (firstLevel - 1);
                entries[prefix] = Math.max(entries[prefix], length - bits);
            }
        }
        int size = firstLevel;
        for (int prefix = 0; prefix < firstLevel; prefix++) {
            int indexBits = entries[prefix];
            if (indexBits > 0) {
                entries[prefix] = size << 16 | indexBits << 8 | LINK | bits;
                size += 1 << indexBits;
            }
        }
        reserve(size);
        return size;
    }

    private void fill(Alphabet alphabet, byte[] lengths, int offset, int symbols) {
        int firstLevel = 1 << bits;
        for (int symbol = 0; symbol < symbols; symbol++) {
            int length = lengths[offset + symbol];
            if (length == 0) {
                continue;
            }
            int reversed = reverse(next[length]++, length);
            int entry = describe(alphabet, symbol);
            if (length <= bits) {
                for (int i = reversed; i < firstLevel; i += 1 << length) {
                    entries[i] = entry | length;
                }
            } else {
                int link = entries[reversed & (firstLevel - 1)];
                int start = link >>> 16;
                int end = start + (1 << (link >>> 8 & 31));
                int rest = length - bits;
                for (int i = start + (reversed >>> bits); i < end; i += 1 << rest) {
                    entries[i] = entry | rest;
                }
            }
        }
    }

    /** The entry of a symbol, but for the number of bits. */
    private static int describe(Alphabet alphabet, int symbol) {
        return switch (alphabet) {
            case CODE_LENGTHS -> symbol << 16 | LITERAL;
            case LITERALS_AND_LENGTHS -> {
                if (symbol < 256) {
                    yield symbol << 16 | LITERAL;
                } else if (symbol == 256) {
                    yield END_OF_BLOCK;
                } else if (symbol < 286) {
                    yield LENGTH_BASE[symbol - 257] << 16 | LENGTH_EXTRA[symbol - 257] << 8 | BASE;
                }
                yield INVALID;
            }
            case DISTANCES -> symbol < 30 ? DISTANCE_BASE[symbol] << 16 | Math.max(0, (symbol >> 1) - 1) << 8 | BASE : INVALID;
        };
    }

    /** Codes are packed starting with their most significant bit, everything else in a deflate stream with its least (§3.1.1). */
    private static int reverse(int code, int length) {
        return Integer.reverse(code) >>> (32 - length);
    }

    private void reserve(int size) {
        if (entries.length < size) {
            entries = Arrays.copyOf(entries, Math.max(size, 2 * entries.length));
        }
    }
}
