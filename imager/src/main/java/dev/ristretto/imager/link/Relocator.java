package dev.ristretto.imager.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Patches addresses into sections once every section has its place. */
final class Relocator {
    private final Placement placement;
    private final SymbolNames names;

    Relocator(Placement placement, SymbolNames names) {
        this.placement = placement;
        this.names = names;
    }

    /** Applies all relocations of a section to its bytes. */
    void relocate(InputSection section) throws LinkException {
        ByteBuffer bytes = ByteBuffer.wrap(section.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        long begin = placement.address(section);
        for (Relocation relocation : section.relocations()) {
            int at = Math.toIntExact(relocation.offset());
            long value = names.address(relocation.target(), placement) + relocation.addend();
            switch (relocation.kind()) {
                case ABS64 -> bytes.putLong(at, value);
                case ABS32 -> bytes.putInt(at, fitting(value, value >>> 32 == 0, section, relocation));
                case ABS32_SIGNED -> bytes.putInt(at, fitting(value, value == (int) value, section, relocation));
                case PC32 -> {
                    long distance = value - (begin + at);
                    bytes.putInt(at, fitting(distance, distance == (int) distance, section, relocation));
                }
            }
        }
    }

    private static int fitting(long value, boolean fits, InputSection section, Relocation relocation) throws LinkException {
        if (!fits) {
            throw new LinkException("The reference to " + relocation.target().name() + " at " + section.name() + "+0x"
                    + Long.toHexString(relocation.offset()) + " does not fit 32 bits: 0x" + Long.toHexString(value));
        }
        return (int) value;
    }
}
