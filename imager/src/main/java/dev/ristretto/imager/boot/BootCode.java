package dev.ristretto.imager.boot;

import dev.ristretto.imager.link.Access;
import dev.ristretto.imager.link.BootObject;
import dev.ristretto.imager.link.BootRelocation;
import dev.ristretto.imager.link.BootSection;
import dev.ristretto.imager.link.BootSymbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** All that is linked to a compiled program to make it start on a bare x86-64 machine and as a process of Linux. */
public final class BootCode {
    private BootCode() {
    }

    /**
     * Assembles the boot code; the same bytes every time.
     *
     * @param features what the compiler was allowed to use of a processor, by its own names ({@code AVX2}): the code refuses others
     */
    public static BootObject assemble(Collection<String> features) {
        BootAssembler a = new BootAssembler(".boot.text");
        EntryCode.emit(a);
        CpuPrimitives.emit(a);
        ChecksumCode.emit(a);
        Sha256Code.emit(a);
        InterruptStubs.emit(a);
        ProcessEntryCode.emit(a);
        ProcessSignals.emit(a);
        List<BootSection> sections = new ArrayList<>();
        sections.add(new BootSection(".boot.text", a.finish(), 16, Access.RX));
        List<BootSymbol> symbols = new ArrayList<>(a.symbols());
        List<BootRelocation> relocations = new ArrayList<>(a.relocations());
        BootData.add(sections, symbols, relocations, features);
        return new BootObject(sections, symbols, relocations);
    }

    /** What stands in the manifest for such features: a level that all images need, and what else the boot code looks for. */
    public static List<String> processor(Collection<String> features) {
        return RequiredFeatures.words(features);
    }
}
