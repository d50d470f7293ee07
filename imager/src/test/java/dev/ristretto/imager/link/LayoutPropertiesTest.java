package dev.ristretto.imager.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever sections there are, their places obey the rules. */
class LayoutPropertiesTest {
    private static final int PAGE = ImageLayout.PAGE;

    @Property(tries = 300)
    void sectionsKeepApartAndPagesKeepTheirRights(@ForAll("sections") List<BootSection> sections) throws LinkException {
        BootObject boot = new BootObject(sections, List.of(new BootSymbol("ristretto_pvh_entry", sections.getFirst().name(), 0, 0)), List.of());
        LinkedImage linked = Linker.link(new TestObject().bytes(), "empty.o", boot, LinkerTest.OPTIONS);
        ParsedImage image = new ParsedImage(linked.bytes());
        long last = ImageLayout.BASE;
        for (LinkedImage.Part part : linked.parts()) {
            assertTrue(part.address() >= last, part.name());
            last = part.address() + part.memorySize();
            BootSection source = sections.stream().filter(section -> section.name().equals(part.name())).findFirst().orElse(null);
            if (source == null) {
                continue;
            }
            assertEquals(0, part.address() % source.alignment(), part.name());
            for (long page = part.address() & -PAGE; page < last; page += PAGE) {
                long entry = image.pageEntry(page);
                assertEquals(!source.guard(), (entry & 1) != 0, part.name());
                if (!source.guard()) {
                    assertEquals(source.access().writable(), (entry & 2) != 0, part.name());
                    assertEquals(source.access().executable(), entry >= 0, part.name());
                }
            }
            for (int i = 0; i < source.bytes().length; i++) {
                ParsedImage.Segment segment = image.loadSegment(part.address() + i).orElseThrow();
                assertEquals(source.bytes()[i], image.file.get((int) (segment.offset() + part.address() + i - segment.address())));
            }
        }
        assertTrue(last <= linked.end());
        assertEquals(linked.end(), image.symbols.get("ristretto_image_end"));
    }

    @Provide
    Arbitrary<List<BootSection>> sections() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(9000);
        Arbitrary<Integer> alignments = Arbitraries.integers().between(0, 13).map(shift -> 1 << shift);
        Arbitrary<BootSection> plain = Combinators.combine(bytes, alignments, Arbitraries.of(Access.class), Arbitraries.integers().between(0, 9000))
                .as((contents, alignment, access, more) -> new BootSection("", contents, alignment, contents.length + more, access, false));
        Arbitrary<BootSection> zeroed = Combinators.combine(Arbitraries.integers().between(1, 3 << 20), alignments)
                .as((size, alignment) -> BootSection.zeroed("", size, alignment));
        Arbitrary<BootSection> guard = Arbitraries.integers().between(1, 3).map(pages -> BootSection.guard("", (long) pages * PAGE));
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, plain), net.jqwik.api.Tuple.of(1, zeroed), net.jqwik.api.Tuple.of(1, guard))
                .list().ofMinSize(0).ofMaxSize(12).map(LayoutPropertiesTest::named);
    }

    /** The first is the code with the entry. */
    private static List<BootSection> named(List<BootSection> sections) {
        List<BootSection> named = new ArrayList<>(List.of(new BootSection(".entry", new byte[16], 16, Access.RX)));
        for (BootSection section : sections) {
            named.add(new BootSection(".s" + named.size(), section.bytes(), section.alignment(), section.memorySize(), section.access(),
                    section.guard()));
        }
        return named;
    }
}
