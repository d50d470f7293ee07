package dev.ristretto.imager.link;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings a {@link BootObject} into the linker's form. */
final class BootObjectReader {
    private BootObjectReader() {
    }

    static LinkInput read(BootObject object) throws LinkException {
        Map<String, List<Relocation>> relocations = new HashMap<>();
        Map<String, InputSection> sections = new HashMap<>();
        List<InputSection> ordered = new ArrayList<>();
        for (BootSection section : object.sections()) {
            List<Relocation> own = new ArrayList<>();
            InputSection input = new InputSection(section.name(), section.bytes().clone(), section.alignment(), section.memorySize(),
                    section.access(), section.guard(), own);
            if (sections.put(section.name(), input) != null) {
                throw new LinkException("The boot code has two sections named " + section.name());
            }
            relocations.put(section.name(), own);
            ordered.add(input);
        }
        Map<String, LinkSymbol> symbols = new HashMap<>();
        List<LinkSymbol> defined = new ArrayList<>();
        for (BootSymbol symbol : object.symbols()) {
            InputSection section = sections.get(symbol.section());
            if (section == null) {
                throw new LinkException("The boot code's symbol " + symbol.name() + " is in section " + symbol.section() + ", which it lacks");
            }
            LinkSymbol link = new LinkSymbol(symbol.name(), section, symbol.offset(), symbol.size(), section.access() == Access.RX,
                    LinkSymbol.Scope.GLOBAL, true);
            symbols.put(symbol.name(), link);
            defined.add(link);
        }
        for (BootRelocation relocation : object.relocations()) {
            InputSection section = sections.get(relocation.section());
            if (section == null || relocation.offset() < 0 || relocation.offset() + relocation.kind().bytes() > section.bytes().length) {
                throw new LinkException("The boot code's reference to " + relocation.symbol() + " at " + relocation.section() + "+"
                        + relocation.offset() + " lies outside of that section");
            }
            LinkSymbol target = symbols.computeIfAbsent(relocation.symbol(), LinkSymbol::undefined);
            Relocation.Kind kind = switch (relocation.kind()) {
                case ABS64 -> Relocation.Kind.ABS64;
                case ABS32 -> Relocation.Kind.ABS32;
                case PC32 -> Relocation.Kind.PC32;
            };
            relocations.get(relocation.section()).add(new Relocation(relocation.offset(), kind, target, relocation.addend()));
        }
        return new LinkInput(ordered, defined);
    }
}
