package dev.ristretto.imager.link;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Where everything is: addresses of the loaded sections, and the image's pages with their rights. */
final class Placement {
    private final Map<InputSection, Long> addresses = new IdentityHashMap<>();
    private final List<InputSection> order = new ArrayList<>();
    private final List<Region> regions = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();

    /** A range of addresses that the program may ask for by name; whole pages, end exclusive. */
    record Span(String name, long begin, long end) {
    }

    void place(InputSection section, long address) {
        addresses.put(section, address);
        order.add(section);
    }

    void add(Region region) {
        regions.add(region);
    }

    void span(String name, long begin, long end) {
        spans.add(new Span(name, begin, end));
    }

    /** Each becomes a pair of symbols, {@code ristretto_NAME_begin} and {@code ristretto_NAME_end}. */
    List<Span> spans() {
        return spans;
    }

    /** The loaded sections by ascending address. */
    List<InputSection> sections() {
        return order;
    }

    /** Begin of a loaded section; 0 for one that is in the file only, so that offsets in it are kept. */
    long address(InputSection section) {
        return addresses.getOrDefault(section, 0L);
    }

    /** By ascending address. What lies between two of them is not mapped. */
    List<Region> regions() {
        return regions;
    }

    /** First address of the image. */
    long begin() {
        return regions.getFirst().begin();
    }

    /** Address after the last page of the image. */
    long end() {
        return regions.getLast().end();
    }
}
