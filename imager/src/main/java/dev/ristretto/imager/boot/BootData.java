package dev.ristretto.imager.boot;

import dev.ristretto.imager.link.Access;
import dev.ristretto.imager.link.BootRelocation;
import dev.ristretto.imager.link.BootSection;
import dev.ristretto.imager.link.BootSymbol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/** Tables, stacks and variables that the boot code and the machine's Java share. */
final class BootData {
    /** Segment selectors: index into the GDT times 8 (SDM vol. 3 §3.4.2). */
    static final int CODE_SELECTOR = 0x08;
    static final int DATA_SELECTOR = 0x10;

    private static final int PAGE = 4096;
    /** XSAVE area: 64-byte aligned, 2,696 bytes with all of AVX-512 (SDM vol. 1 §13.4); the kernel checks that it fits. */
    private static final int VECTOR_STATE = 3072;
    /** Sizes that the process machine's {@code StandardStreams} and {@code Mappings} count on. */
    private static final int PROCESS_INPUT = 4096;
    private static final int PROCESS_MAPPINGS = 8 << 13;

    private BootData() {
    }

    /** @param features names of those that the compiler used, see {@link RequiredFeatures} */
    static void add(List<BootSection> sections, List<BootSymbol> symbols, List<BootRelocation> relocations, Collection<String> features) {
        constants(sections, symbols, relocations, features);
        segments(sections, symbols);
        variables(sections, symbols);
        stack(sections, symbols, "boot", 32 * 1024);
        stack(sections, symbols, "fault", 64 * 1024);
        stack(sections, symbols, "irq", 32 * 1024);
        stack(sections, symbols, "nmi", 16 * 1024);
        stack(sections, symbols, "double_fault", 32 * 1024);
        stack(sections, symbols, "machine_check", 16 * 1024);
    }

    private static void constants(List<BootSection> sections, List<BootSymbol> symbols, List<BootRelocation> relocations,
            Collection<String> features) {
        String name = ".boot.rodata";
        ByteBuffer b = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);
        symbols.add(new BootSymbol("ristretto_gdtr", name, b.position(), 10));
        b.putShort((short) (5 * 8 - 1)); // limit, SDM vol. 3 §2.4.1
        relocations.add(new BootRelocation(name, b.position(), BootRelocation.Kind.ABS64, "ristretto_gdt", 0));
        b.putLong(0);
        text(b, symbols, name, "ristretto_cpu_too_old", "ristretto: this CPU lacks ");
        text(b, symbols, name, "ristretto_cpu_too_old_end",
            ", which the image was compiled for. Run it on a CPU of level x86-64-v3 or later that has it (QEMU: -cpu max or -cpu host).\n");
        text(b, symbols, name, "ristretto_exit_line", "panic\nexit 134\n");
        symbols.add(new BootSymbol("ristretto_process_no_signals", name, b.position(), 8)); // an empty signal mask
        b.putLong(0);
        b.position((b.position() + 15) & ~15);
        int table = b.position();
        b.put(RequiredFeatures.table(features));
        symbols.add(new BootSymbol("ristretto_required_features", name, table, b.position() - table));
        symbols.add(new BootSymbol(Sha256Code.TABLE, name, b.position(), Integer.BYTES * (Sha256Code.CONSTANTS.length + Sha256Code.BYTE_ORDER.length)));
        IntStream.concat(Arrays.stream(Sha256Code.CONSTANTS), Arrays.stream(Sha256Code.BYTE_ORDER)).forEach(b::putInt);
        sections.add(new BootSection(name, Arrays.copyOf(b.array(), b.position()), 16, Access.R));
    }

    private static void text(ByteBuffer b, List<BootSymbol> symbols, String section, String symbol, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        symbols.add(new BootSymbol(symbol, section, b.position(), bytes.length + 1));
        b.put(bytes).put((byte) 0);
    }

    /**
     * The descriptor table is writable: the CPU marks descriptors as accessed and busy, and the kernel fills in the task state
     * segment's (SDM vol. 3 §3.4.5, §9.2.3).
     */
    private static void segments(List<BootSection> sections, List<BootSymbol> symbols) {
        ByteBuffer b = ByteBuffer.allocate(5 * 8).order(ByteOrder.LITTLE_ENDIAN);
        b.putLong(0);
        b.putLong(0x00AF9B000000FFFFL); // 64-bit code, present, ring 0, accessed
        b.putLong(0x00CF93000000FFFFL); // data, present, ring 0, writable, accessed
        sections.add(new BootSection(".boot.data", b.array(), 16, Access.RW));
        symbols.add(new BootSymbol("ristretto_gdt", ".boot.data", 0, 5 * 8));
    }

    private static void variables(List<BootSection> sections, List<BootSymbol> symbols) {
        Bss bss = new Bss(".boot.bss", symbols);
        bss.add("ristretto_entry_tsc", 4, 8);
        bss.add("ristretto_entry_tsc_high", 4, 4);
        bss.add("ristretto_current", 8, 8);
        bss.add("ristretto_heap_base", 8, 8);
        bss.add("ristretto_tss", 104, 16); // SDM vol. 3 §9.7
        bss.add("ristretto_idtr", 10, 16);
        for (String kind : new String[] {"boot", "fault", "abort"}) {
            bss.add("ristretto_" + kind + "_context", Context.SIZE, 64);
            bss.add("ristretto_" + kind + "_vector_state", VECTOR_STATE, 64);
        }
        bss.add("ristretto_process_enabled", 4, 4);
        bss.add("ristretto_process_pending", 4, 4);
        bss.add("ristretto_process_clock_function", 8, 8);
        sections.add(BootSection.zeroed(".boot.bss", bss.size, 64));
        // pages of their own, which only a process touches
        sections.add(BootSection.zeroed(".boot.process", PROCESS_INPUT + PROCESS_MAPPINGS, PAGE));
        symbols.add(new BootSymbol("ristretto_process_input", ".boot.process", 0, PROCESS_INPUT));
        symbols.add(new BootSymbol("ristretto_process_mappings", ".boot.process", PROCESS_INPUT, PROCESS_MAPPINGS));
        // a page of its own, so that it can be made read-only once it is filled in
        sections.add(BootSection.zeroed(".boot.idt", PAGE, PAGE));
        symbols.add(new BootSymbol("ristretto_idt", ".boot.idt", 0, PAGE));
    }

    private static void stack(List<BootSection> sections, List<BootSymbol> symbols, String name, int size) {
        sections.add(BootSection.guard(".boot.guard." + name, PAGE));
        sections.add(BootSection.zeroed(".boot.stack." + name, size, PAGE));
        symbols.add(new BootSymbol("ristretto_" + name + "_stack", ".boot.stack." + name, 0, size));
        symbols.add(new BootSymbol("ristretto_" + name + "_stack_top", ".boot.stack." + name, size, 0));
    }

    /** Gives out places in a section that has no contents. */
    private static final class Bss {
        private final String section;
        private final List<BootSymbol> symbols;
        private long size;

        Bss(String section, List<BootSymbol> symbols) {
            this.section = section;
            this.symbols = symbols;
        }

        void add(String name, int bytes, int alignment) {
            size = (size + alignment - 1) & -alignment;
            symbols.add(new BootSymbol(name, section, size, bytes));
            size += bytes;
        }
    }
}
