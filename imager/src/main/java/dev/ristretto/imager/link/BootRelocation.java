package dev.ristretto.imager.link;

/**
 * A place to be patched with an address.
 *
 * @param section name of the section that holds the place
 * @param offset  bytes from that section's begin to the first byte to patch
 * @param kind    width of the place and how the value is formed
 * @param symbol  whose address is used
 * @param addend  added to that address; for {@link Kind#PC32} the usual -4 of a displacement that ends the instruction is the
 *                caller's to include
 */
public record BootRelocation(String section, long offset, Kind kind, String symbol, long addend) {

    /** How the value is formed (System V ABI, AMD64 supplement, table 4.9: S symbol, A addend, P place). */
    public enum Kind {
        /** 64 bits, S + A ({@code R_X86_64_64}). */
        ABS64(8),
        /** 32 bits, S + A, zero-extended ({@code R_X86_64_32}). */
        ABS32(4),
        /** 32 bits, S + A - P ({@code R_X86_64_PC32}). */
        PC32(4);

        private final int bytes;

        Kind(int bytes) {
            this.bytes = bytes;
        }

        /** Bytes that the value takes up: 4 or 8. */
        public int bytes() {
            return bytes;
        }
    }
}
