package dev.ristretto.imager.link;

/** A place in a section that gets the address of {@code target} plus {@code addend}, in the given form. */
record Relocation(long offset, Kind kind, LinkSymbol target, long addend) {

    /** Form of the value: S is the symbol's address, A the addend, P the place's address. */
    enum Kind {
        /** 64 bits, S + A. */
        ABS64,
        /** 32 bits, S + A, must fit without sign. */
        ABS32,
        /** 32 bits, S + A, must fit with sign. */
        ABS32_SIGNED,
        /** 32 bits, S + A - P, must fit with sign. */
        PC32
    }
}
