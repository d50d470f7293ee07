package dev.ristretto.imager.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Links the program's relocatable object and the boot code to a bootable ELF file. Holds no state between calls; the same input gives
 * the same bytes.
 *
 * <p>Besides the inputs' symbols it defines, for Java and boot code alike: {@code ristretto_pml4}, the top page table;
 * {@code ristretto_image_begin} and {@code _end}, all of the image with its zeroed memory; and the same pair for {@code text}, all code,
 * {@code rodata}, read-only data outside of the image heap, {@code pagetables}, and {@code data}, writable data outside of the image
 * heap with the zeroed memory; and for {@code files}, what is in {@link #FILES_SECTION}, if there is that section. All of them are page
 * aligned.
 */
public final class Linker {
    /** Symbol of the top page table. */
    public static final String PML4_SYMBOL = "ristretto_pml4";

    /** Section of the files that are sealed into an image. */
    public static final String FILES_SECTION = ".ristretto.files";

    private static final String PVH_NOTE_SECTION = ".note.pvh";
    private static final String WRITABLE_HEAP_BEGIN = "__svm_heap_writable_begin";
    private static final String WRITABLE_HEAP_END = "__svm_heap_writable_end";

    private Linker() {
    }

    /** Links an image into which no files are sealed. */
    public static LinkedImage link(byte[] object, String origin, BootObject boot, LinkOptions options) throws LinkException {
        return link(object, origin, boot, new byte[0], options);
    }

    /**
     * Links.
     *
     * @param object  the relocatable ELF file of the native-image builder
     * @param origin  names that file in messages
     * @param boot    defines {@link ImageLayout#ENTRY_SYMBOL} and what else the program's object lacks
     * @param files   what the program finds in {@link #FILES_SECTION}, whole pages; empty for no such section
     * @param options how
     * @return the image and what is known of its parts
     * @throws UndefinedSymbolsException if something refers to a symbol that nothing defines
     * @throws LinkException             if the object cannot be read or the parts do not fit together
     */
    public static LinkedImage link(byte[] object, String origin, BootObject boot, byte[] files, LinkOptions options) throws LinkException {
        LinkInput bootInput = BootObjectReader.read(boot);
        LinkInput program = ElfObjectReader.read(object, origin);
        SymbolNames names = new SymbolNames();
        names.add(bootInput.symbols());
        names.add(program.symbols());

        List<InputSection> sections = new ArrayList<>();
        sections.add(pvhNote(names));
        sections.add(note(ManifestNote.SECTION, ManifestNote.write(options.manifest()), List.of()));
        sections.addAll(bootInput.sections());
        program.sections().stream().filter(InputSection::loaded).forEach(sections::add);
        if (files.length > 0) {
            sections.add(new InputSection(FILES_SECTION, files, ImageLayout.PAGE, files.length, Access.R, false, List.of()));
        }

        Placement placement = place(sections, names, options.heapAlignment());
        InputSection pageTables = pageTables(placement);
        byte[] tables = PageTables.build(placement, placement.address(pageTables));
        System.arraycopy(tables, 0, pageTables.bytes(), 0, tables.length);
        names.define(PML4_SYMBOL, placement.address(pageTables));
        for (Placement.Span span : placement.spans()) {
            names.define("ristretto_" + span.name() + "_begin", span.begin());
            names.define("ristretto_" + span.name() + "_end", span.end());
        }

        List<InputSection> debug = options.debugInfo() ? program.sections().stream().filter(section -> !section.loaded()).toList() : List.of();
        Relocator relocator = new Relocator(placement, names);
        for (InputSection section : placement.sections()) {
            relocator.relocate(section);
        }
        for (InputSection section : debug) {
            relocator.relocate(section);
        }
        names.check();

        List<LinkSymbol> kept = new ArrayList<>(bootInput.symbols());
        kept.addAll(program.symbols());
        LinkSymbol process = names.find(ImageLayout.PROCESS_ENTRY_SYMBOL);
        LinkSymbol entrySymbol = process != null && process.section() != null ? process : names.find(ImageLayout.ENTRY_SYMBOL);
        long entry = placement.address(entrySymbol.section()) + entrySymbol.value();
        byte[] image = new ElfImageWriter(placement, debug, names.own(), kept, options.symbols()).write(entry);
        return new LinkedImage(image, placement.sections().stream().map(section -> new LinkedImage.Part(section.name(), section.access(),
                placement.address(section), section.bytes().length, section.memorySize())).toList(), placement.begin(), placement.end());
    }

    /** The tables' size depends on how much memory the image spans, which their size adds to; it grows, so this ends. */
    private static Placement place(List<InputSection> sections, SymbolNames names, long heapAlignment) throws LinkException {
        Layout.HeapSplit split = heapSplit(names);
        int size = ImageLayout.PAGE;
        while (true) {
            InputSection tables = new InputSection(".pagetables", new byte[size], ImageLayout.PAGE, size, Access.R, false, List.of());
            Placement placement = Layout.place(sections, tables, split, heapAlignment);
            int needed = PageTables.size(placement);
            if (needed <= size) {
                return placement;
            }
            size = needed;
        }
    }

    private static InputSection pageTables(Placement placement) {
        return placement.sections().stream().filter(section -> section.name().equals(".pagetables")).findFirst().orElseThrow();
    }

    private static Layout.HeapSplit heapSplit(SymbolNames names) {
        LinkSymbol begin = names.find(WRITABLE_HEAP_BEGIN);
        LinkSymbol end = names.find(WRITABLE_HEAP_END);
        return begin == null || end == null ? new Layout.HeapSplit(0, 0) : new Layout.HeapSplit(begin.value(), end.value());
    }

    /**
     * The note that PVH loaders look for. Its descriptor is as wide as Linux makes it in 64-bit files: QEMU reads 8 bytes there.
     */
    private static InputSection pvhNote(SymbolNames names) throws LinkException {
        LinkSymbol entry = names.find(ImageLayout.ENTRY_SYMBOL);
        if (entry == null || entry.section() == null) {
            throw new LinkException("The boot code does not define its entry, " + ImageLayout.ENTRY_SYMBOL);
        }
        byte[] bytes = ElfNote.note(ElfNote.XEN, ElfNote.PHYS32_ENTRY,
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).array());
        return note(PVH_NOTE_SECTION, bytes,
                List.of(new Relocation(ElfNote.descriptorOffset(ElfNote.XEN), Relocation.Kind.ABS64, entry, 0)));
    }

    private static InputSection note(String name, byte[] bytes, List<Relocation> relocations) {
        return new InputSection(name, bytes, ElfNote.ALIGNMENT, bytes.length, Access.R, false, relocations);
    }
}
