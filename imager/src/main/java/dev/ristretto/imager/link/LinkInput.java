package dev.ristretto.imager.link;

import java.util.List;

/** What one input brings: sections, each with its relocations, and symbols. Sections are compared by identity. */
record LinkInput(List<InputSection> sections, List<LinkSymbol> symbols) {
}
