package dev.ristretto.imager.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkerTest {
    private static final long TEXT = Elf.SHF_ALLOC | Elf.SHF_EXECINSTR;
    private static final long DATA = Elf.SHF_ALLOC | Elf.SHF_WRITE;
    private static final long PAGE = 4096;

    static final LinkOptions OPTIONS = new LinkOptions(new Manifest(Map.of("format", "1")), LinkOptions.Symbols.ALL, true, 512 << 10);

    /** A program with all the sections the builder writes. The heap is 6 pages, of which 2 and 3 are writable. */
    static TestObject program() {
        return new TestObject()
                .section(".text", TEXT, new byte[5000], 4096)
                .section(".rodata", Elf.SHF_ALLOC, new byte[100], 4096)
                .section(".data", DATA, new byte[64], 4096)
                .section(".svm_heap", DATA, new byte[6 * 4096], 4096)
                .section(".debug_info", 0, new byte[32], 1)
                .local("__svm_heap_writable_begin", ".svm_heap", 2 * 4096, 8)
                .local("__svm_heap_writable_end", ".svm_heap", 3 * 4096 + 8, 8)
                .local("__svm_heap_begin", ".svm_heap", 0, 8)
                .local(".text", ".text", 0, 0)
                .function("main", ".text", 0x20, 16)
                .undefined("ristretto_cpuid")
                .undefined("ristretto_image_end");
    }

    static BootObject boot() {
        return new BootObject(
                List.of(new BootSection(".boot.text", new byte[64], 16, Access.RX),
                        new BootSection(".boot.data", new byte[24], 8, Access.RW),
                        BootSection.guard(".boot.guard", 4096),
                        BootSection.zeroed(".boot.stack", 8192, 4096),
                        BootSection.guard(".boot.guard2", 8192)),
                List.of(new BootSymbol("ristretto_pvh_entry", ".boot.text", 8, 8),
                        new BootSymbol("ristretto_cpuid", ".boot.text", 32, 8),
                        new BootSymbol("ristretto_guard", ".boot.guard", 0, 4096),
                        new BootSymbol("ristretto_stack", ".boot.stack", 0, 8192),
                        new BootSymbol("ristretto_guard2", ".boot.guard2", 0, 8192),
                        new BootSymbol("boot_data", ".boot.data", 0, 24)),
                List.of(new BootRelocation(".boot.text", 16, BootRelocation.Kind.PC32, "main", -4),
                        new BootRelocation(".boot.text", 20, BootRelocation.Kind.ABS32, "ristretto_pml4", 0),
                        new BootRelocation(".boot.data", 8, BootRelocation.Kind.ABS64, "ristretto_stack", 8192)));
    }

    static ParsedImage link(TestObject object) throws LinkException {
        return new ParsedImage(Linker.link(object.bytes(), "test.o", boot(), OPTIONS).bytes());
    }

    @Test
    void patchesAddressesIntoEverySection() throws LinkException {
        ParsedImage image = link(program()
                .relocation(".text", 0x100, Elf.R_X86_64_PC32, "ristretto_cpuid", -4)
                .relocation(".text", 0x200, Elf.R_X86_64_PLT32, "main", -4)
                .relocation(".data", 8, Elf.R_X86_64_64, "ristretto_image_end", 5)
                .relocation(".svm_heap", 16, Elf.R_X86_64_64, "main", 0)
                .relocation(".data", 16, Elf.R_X86_64_32, "main", 1)
                .relocation(".debug_info", 4, Elf.R_X86_64_64, "main", 0));
        long text = image.sections.get(".text").address();
        long boot = image.sections.get(".boot.text").address();
        assertEquals(boot + 32, text + 0x104 + image.load32(text + 0x100));
        assertEquals(text + 0x20, text + 0x204 + image.load32(text + 0x200));
        assertEquals(text + 0x20, boot + 20 + image.load32(boot + 16));
        assertEquals(image.sections.get(".pagetables").address(), image.load32(boot + 20));
        long data = image.sections.get(".data").address();
        assertEquals(image.symbols.get("ristretto_image_end") + 5, image.load64(data + 8));
        assertEquals(text + 0x21, image.load32(data + 16));
        assertEquals(text + 0x20, image.load64(image.sections.get(".svm_heap").address() + 16));
        assertEquals(image.symbols.get("ristretto_stack") + 8192, image.load64(image.symbols.get("boot_data") + 8));
        assertEquals(text + 0x20, image.file.getLong((int) image.sections.get(".debug_info").offset() + 4));
    }

    @Test
    void pvhNoteAndHeaderGiveTheEntry() throws LinkException {
        byte[] bytes = Linker.link(program().bytes(), "test.o", boot(), OPTIONS).bytes();
        ParsedImage image = new ParsedImage(bytes);
        long entry = image.sections.get(".boot.text").address() + 8;
        assertEquals(entry, image.entry());
        ParsedImage.Segment notes = image.segments.getFirst();
        assertEquals(4, notes.type());
        assertEquals(4, notes.alignment());
        int at = (int) notes.offset();
        // Xen's public/elfnote.h: namesz, descsz, type, "Xen\0", descriptor; the first note, as some loaders look no further.
        assertEquals(4, image.file.getInt(at));
        assertEquals(8, image.file.getInt(at + 4));
        assertEquals(18, image.file.getInt(at + 8));
        assertEquals(0x6e6558, image.file.getInt(at + 12));
        assertEquals(entry, image.file.getLong(at + 16));
        assertEquals("1", ManifestNote.read(bytes).get("format"));
    }

    @Test
    void linuxEntersElsewhereAndGivesNoExecutableStack() throws LinkException {
        BootObject boot = boot();
        List<BootSymbol> symbols = new java.util.ArrayList<>(boot.symbols());
        symbols.add(new BootSymbol("ristretto_process_entry", ".boot.text", 12, 0));
        ParsedImage image = new ParsedImage(Linker.link(program().bytes(), "test.o",
                new BootObject(boot.sections(), symbols, boot.relocations()), OPTIONS).bytes());
        assertEquals(image.sections.get(".boot.text").address() + 12, image.entry());
        ParsedImage.Segment stack = image.segments.stream().filter(segment -> segment.type() == 0x6474e551).findFirst().orElseThrow();
        assertEquals(6, stack.flags(), "readable and writable");
    }

    @Test
    void symbolsTheLinkerDefinesSpanTheirSections() throws LinkException {
        ParsedImage image = link(program());
        for (String span : List.of("image", "text", "rodata", "pagetables", "data")) {
            long begin = image.symbols.get("ristretto_" + span + "_begin");
            long end = image.symbols.get("ristretto_" + span + "_end");
            assertTrue(begin < end && begin % PAGE == 0 && end % PAGE == 0, span);
        }
        assertEquals(0x100000, image.symbols.get("ristretto_image_begin"));
        assertEquals(image.symbols.get("ristretto_guard2") + 8192, image.symbols.get("ristretto_image_end"));
        assertEquals(image.symbols.get("ristretto_pml4"), image.symbols.get("ristretto_pagetables_begin"));
        assertTrue(image.symbols.get("main") < image.symbols.get("ristretto_text_end"));
        assertEquals(0, image.symbols.get("__svm_heap_begin") % (512 << 10));
    }

    @Test
    void filesAreReadOnlyPagesOfTheirOwn() throws LinkException {
        byte[] files = new byte[(int) (3 * PAGE)];
        for (int i = 0; i < files.length; i++) {
            files[i] = (byte) (i / 7);
        }
        LinkedImage linked = Linker.link(program().bytes(), "test.o", boot(), files, OPTIONS);
        ParsedImage image = new ParsedImage(linked.bytes());
        long begin = image.symbols.get("ristretto_files_begin");
        assertEquals(0, begin % PAGE);
        assertEquals(begin + files.length, image.symbols.get("ristretto_files_end"));
        ParsedImage.Section section = image.sections.get(Linker.FILES_SECTION);
        assertEquals(begin, section.address());
        assertArrayEquals(files, java.util.Arrays.copyOfRange(linked.bytes(), (int) section.offset(), (int) (section.offset() + section.size())));
        ParsedImage.Segment segment = image.loadSegment(begin).orElseThrow();
        assertEquals(4, segment.flags());
        for (long at = begin; at < begin + files.length; at += PAGE) {
            assertEquals(at | 0x8000000000000021L, image.pageEntry(at), "present, accessed, not writable, not executable");
        }
        assertEquals(null, link(program()).symbols.get("ristretto_files_begin"), "nothing of it without files");
    }

    @Test
    void everyPageHasItsRightsAndNoOthers() throws LinkException {
        ParsedImage image = link(program());
        long heap = image.symbols.get("__svm_heap_begin");
        long guard = image.symbols.get("ristretto_guard");
        long guard2 = image.symbols.get("ristretto_guard2");
        assertEquals(0, image.pageEntry(0));
        for (long at = PAGE; at < 4L << 20; at += PAGE) {
            long entry = image.pageEntry(at);
            boolean inImage = at >= image.symbols.get("ristretto_image_begin") && at < image.symbols.get("ristretto_image_end");
            String where = "0x" + Long.toHexString(at);
            if (at == guard || at >= guard2 && at < guard2 + 8192 || inImage && image.loadSegment(at).isEmpty()) {
                assertEquals(0, entry, where);
                continue;
            }
            long frame = entry & 0x000f_ffff_ffff_f000L;
            assertEquals((entry & 1 << 7) != 0 ? at & -(2L << 20) : at, frame, where);
            boolean writable = (entry & 2) != 0;
            boolean executable = entry >= 0;
            assertFalse(writable && executable, where);
            assertEquals(0, entry & 4, where);
            assertEquals(0, entry & 1 << 8, where);
            if (at >= heap && at < heap + 6 * PAGE) {
                long page = (at - heap) / PAGE;
                assertEquals(page == 2 || page == 3, writable, where);
                assertFalse(executable, where);
            } else if (inImage) {
                int flags = image.loadSegment(at).orElseThrow().flags();
                assertEquals((flags & Elf.PF_W) != 0, writable, where);
                assertEquals((flags & Elf.PF_X) != 0, executable, where);
            } else {
                assertTrue(writable && !executable, where);
            }
        }
        assertEquals((int) (PageTables.LARGE | PageTables.CACHE_DISABLE | PageTables.WRITE_THROUGH | PageTables.PRESENT),
                (int) image.pageEntry(0xFEE0_0000L) & (1 << 7 | 1 << 4 | 1 << 3 | 1));
        assertEquals(1 << 4 | 1 << 3, image.pageEntry(0xFEC0_0000L) & (1 << 4 | 1 << 3));
        assertEquals(0, image.pageEntry(0xFE00_0000L) & (1 << 4 | 1 << 3));
        assertEquals(0, image.pageEntry(4L << 30));
    }

    @Test
    void segmentsAreCongruentAndOverlapNowhere() throws LinkException {
        ParsedImage image = link(program());
        long last = 0;
        for (ParsedImage.Segment segment : image.segments) {
            if (segment.type() == 1) {
                assertEquals(segment.address() % PAGE, segment.offset() % PAGE);
                assertTrue(segment.address() >= last);
                assertTrue(segment.fileSize() <= segment.memorySize());
                assertTrue(segment.flags() != (Elf.PF_R | Elf.PF_W | Elf.PF_X));
                last = segment.address() + segment.memorySize();
            }
        }
    }

    /** Debuggers complain otherwise. */
    @Test
    void everySectionIsWithinOneSegmentAndHasItsRights() throws LinkException {
        ParsedImage image = link(program());
        assertTrue(image.sections.keySet().containsAll(List.of(".svm_heap", ".svm_heap.rw", ".svm_heap.r")), image.sections.keySet().toString());
        assertEquals(2 * PAGE, image.sections.get(".svm_heap.rw").address() - image.sections.get(".svm_heap").address());
        for (ParsedImage.Section section : image.sections.values()) {
            if ((section.flags() & Elf.SHF_ALLOC) != 0 && section.size() > 0 && !section.name().contains("guard")) {
                ParsedImage.Segment segment = image.loadSegment(section.address()).orElseThrow();
                assertTrue(section.address() + section.size() <= segment.address() + segment.memorySize(), section.name());
                assertEquals((section.flags() & Elf.SHF_WRITE) != 0, (segment.flags() & Elf.PF_W) != 0, section.name());
                assertEquals((section.flags() & Elf.SHF_EXECINSTR) != 0, (segment.flags() & Elf.PF_X) != 0, section.name());
                assertTrue(section.type() == Elf.SHT_NOBITS
                        || section.offset() - segment.offset() == section.address() - segment.address(), section.name());
            }
        }
    }

    @Test
    void allMissingSymbolsAreNamed() {
        TestObject object = program().undefined("Java_b").undefined("Java_a")
                .relocation(".text", 0, Elf.R_X86_64_PC32, "Java_b", -4)
                .relocation(".text", 8, Elf.R_X86_64_PC32, "Java_a", -4)
                .relocation(".text", 16, Elf.R_X86_64_PC32, "Java_a", -4);
        UndefinedSymbolsException e = assertThrows(UndefinedSymbolsException.class, () -> link(object));
        assertEquals(List.of("Java_a", "Java_b"), e.names());
        assertTrue(e.getMessage().contains("Java_a"));
    }

    @Test
    void aSymbolNobodyUsesNeedNotExist() throws LinkException {
        link(program().undefined("unused"));
    }

    @Test
    void twoDefinitionsAreRefused() {
        LinkException e = assertThrows(LinkException.class, () -> link(program().function("boot_data", ".text", 0, 1)));
        assertTrue(e.getMessage().contains("boot_data"));
    }

    @Test
    void writableAndExecutableIsRefused() {
        assertThrows(LinkException.class, () -> link(program().section(".bad", TEXT | DATA, new byte[1], 1)));
    }

    @Test
    void unknownRelocationsAreRefused() {
        LinkException e = assertThrows(LinkException.class, () -> link(program().relocation(".text", 0, 9, "main", 0)));
        assertTrue(e.getMessage().contains("type 9"), e.getMessage());
    }

    @Test
    void aHeapWhoseWritablePartBeginsWithinAPageIsRefused() {
        TestObject object = new TestObject().section(".svm_heap", DATA, new byte[8192], 4096)
                .local("__svm_heap_writable_begin", ".svm_heap", 8, 8).local("__svm_heap_writable_end", ".svm_heap", 4096, 8)
                .function("main", ".svm_heap", 0, 0);
        assertThrows(LinkException.class, () -> link(object));
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        assertThrows(LinkException.class, () -> link(program().relocation(".text", 0, Elf.R_X86_64_32, "main", 1L << 32)));
    }

    @Test
    void damagedObjectsAreRefusedWithAMessage() {
        byte[] bytes = program().bytes();
        for (int length : new int[] {0, 3, 63, 64, 200, bytes.length / 2, bytes.length * 3 / 4}) {
            byte[] part = java.util.Arrays.copyOf(bytes, length);
            LinkException e = assertThrows(LinkException.class, () -> Linker.link(part, "half.o", boot(), OPTIONS));
            assertTrue(e.getMessage().contains("half.o"), e.getMessage());
        }
    }

    @Test
    void theSameInputGivesTheSameBytes() throws LinkException {
        assertArrayEquals(Linker.link(program().bytes(), "a.o", boot(), OPTIONS).bytes(),
                Linker.link(program().bytes(), "b.o", boot(), OPTIONS).bytes());
    }

    @Test
    void namesCanBeLeftOut() throws LinkException {
        LinkOptions bare = new LinkOptions(OPTIONS.manifest(), LinkOptions.Symbols.NONE, false, 4096);
        ParsedImage image = new ParsedImage(Linker.link(program().bytes(), "a.o", boot(), bare).bytes());
        assertFalse(image.sections.containsKey(".symtab"));
        assertFalse(image.sections.containsKey(".debug_info"));
        LinkOptions global = new LinkOptions(OPTIONS.manifest(), LinkOptions.Symbols.GLOBAL, false, 4096);
        image = new ParsedImage(Linker.link(program().bytes(), "a.o", boot(), global).bytes());
        assertTrue(image.symbols.containsKey("main"));
        assertFalse(image.symbols.containsKey("__svm_heap_begin"));
    }
}
