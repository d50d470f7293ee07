package dev.ristretto.imager.link;

import java.util.List;

/**
 * Machine code and data handed to the linker in memory: what an assembler would have written to a relocatable file.
 *
 * @param sections    the pieces, in the order they shall be laid out within their access class; names are unique
 * @param symbols     places in those sections that other objects, or relocations of this one, refer to by name
 * @param relocations places to be patched with the address of a symbol, of this object or of any other
 */
public record BootObject(List<BootSection> sections, List<BootSymbol> symbols, List<BootRelocation> relocations) {
    public BootObject {
        sections = List.copyOf(sections);
        symbols = List.copyOf(symbols);
        relocations = List.copyOf(relocations);
    }
}
