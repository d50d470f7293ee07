package dev.ristretto.imager.link;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds what a name stands for among all inputs, and what the linker itself defines. */
final class SymbolNames {
    private final Map<String, LinkSymbol> shared = new HashMap<>();
    private final Map<String, LinkSymbol> local = new HashMap<>();
    private final Map<String, Long> own = new TreeMap<>();
    private final TreeSet<String> undefined = new TreeSet<>();

    /** Makes the symbols of an input known; the same name may be global in one input only. */
    void add(Collection<LinkSymbol> symbols) throws LinkException {
        for (LinkSymbol symbol : symbols) {
            if (!symbol.defined() || symbol.name().isEmpty()) {
                continue;
            }
            if (symbol.scope() == LinkSymbol.Scope.LOCAL) {
                local.put(symbol.name(), symbol);
                continue;
            }
            LinkSymbol before = shared.get(symbol.name());
            boolean weak = symbol.scope() == LinkSymbol.Scope.WEAK;
            if (before == null || before.scope() == LinkSymbol.Scope.WEAK && !weak) {
                shared.put(symbol.name(), symbol);
            } else if (!weak) {
                throw new LinkException("The boot code and the program both define the symbol " + symbol.name());
            }
        }
    }

    /** Defines a symbol of the linker's own; it wins over symbols of that name in the inputs. */
    void define(String name, long address) {
        own.put(name, address);
    }

    /** The linker's own symbols. */
    Map<String, Long> own() {
        return own;
    }

    /** The symbol of this name that all inputs see or, failing that, one that only its own input sees; null if there is none. */
    LinkSymbol find(String name) {
        return shared.getOrDefault(name, local.get(name));
    }

    /** Address of what {@code reference} refers to. Notes it when there is nothing, see {@link #check}, and answers 0. */
    long address(LinkSymbol reference, Placement placement) {
        LinkSymbol symbol = reference;
        if (!symbol.defined()) {
            Long address = own.get(symbol.name());
            if (address != null) {
                return address;
            }
            symbol = find(symbol.name());
            if (symbol == null) {
                if (reference.scope() != LinkSymbol.Scope.WEAK) {
                    undefined.add(reference.name());
                }
                return 0;
            }
        }
        return (symbol.section() == null ? 0 : placement.address(symbol.section())) + symbol.value();
    }

    /** Throws when any reference that was looked up refers to nothing. */
    void check() throws UndefinedSymbolsException {
        if (!undefined.isEmpty()) {
            throw new UndefinedSymbolsException(java.util.List.copyOf(undefined));
        }
    }
}
