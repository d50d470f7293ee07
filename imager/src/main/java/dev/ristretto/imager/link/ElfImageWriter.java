package dev.ristretto.imager.link;

import static dev.ristretto.imager.link.ImageLayout.PAGE;
import static dev.ristretto.imager.link.ImageLayout.alignUp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a placed and relocated image as an executable ELF64 file: one loadable segment per region, the notes, sections, symbols. */
final class ElfImageWriter {
    /** Program headers besides those of segments: the notes, and that the stack of a process is not executable. */
    private static final int EXTRA_HEADERS = 2;
    private static final int STACK_ALIGNMENT = 16;

    private final Placement placement;
    private final List<InputSection> debug;
    private final Map<String, Long> linkerSymbols;
    private final List<LinkSymbol> symbols;
    private final LinkOptions.Symbols kept;

    private final List<Region> segments;
    private final Map<Region, Long> segmentOffsets = new IdentityHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final Map<InputSection, Integer> indexes = new IdentityHashMap<>();
    private final StringTable sectionNames = new StringTable();

    /** A row of the section header table. */
    private record Row(int name, int type, long flags, long address, long offset, long size, int link, int info, long alignment,
                       long entrySize) {
    }

    /** The contents of a string table; equal strings are kept once. */
    private static final class StringTable {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Map<String, Integer> offsets = new HashMap<>();

        StringTable() {
            add("");
        }

        int add(String string) {
            return offsets.computeIfAbsent(string, added -> {
                int offset = bytes.size();
                bytes.writeBytes(added.getBytes(StandardCharsets.UTF_8));
                bytes.write(0);
                return offset;
            });
        }
    }

    ElfImageWriter(Placement placement, List<InputSection> debug, Map<String, Long> linkerSymbols, List<LinkSymbol> symbols,
                   LinkOptions.Symbols kept) {
        this.placement = placement;
        this.debug = debug;
        this.linkerSymbols = linkerSymbols;
        this.symbols = symbols;
        this.kept = kept;
        this.segments = placement.regions().stream().filter(Region::mapped).toList();
    }

    /** The file; {@code entry} goes to the header. */
    byte[] write(long entry) throws LinkException {
        List<InputSection> notes = placement.sections().stream().filter(section -> section.name().startsWith(".note.")).toList();
        int headers = Elf.FILE_HEADER_SIZE + (segments.size() + EXTRA_HEADERS) * Elf.PROGRAM_HEADER_SIZE;
        long next = headers;
        for (Region segment : segments) {
            long offset = alignUp(next, PAGE);
            segmentOffsets.put(segment, offset);
            // A segment without contents has an offset, which must fit its address, but takes up nothing.
            next = segment.contentsEnd() > segment.begin() ? offset + segment.contentsEnd() - segment.begin() : next;
        }

        rows.add(new Row(sectionNames.add(""), 0, 0, 0, 0, 0, 0, 0, 0, 0));
        for (InputSection section : placement.sections()) {
            addRows(section);
        }
        for (InputSection section : debug) {
            next = alignUp(next, section.alignment());
            addRow(section, section.name(), null, 0, next, section.memorySize());
            next += section.bytes().length;
        }
        List<byte[]> tables = new ArrayList<>();
        List<Long> tableOffsets = new ArrayList<>();
        if (kept != LinkOptions.Symbols.NONE) {
            StringTable strings = new StringTable();
            ByteArrayOutputStream table = new ByteArrayOutputStream();
            int locals = writeSymbols(table, strings);
            next = alignUp(next, Long.BYTES);
            rows.add(new Row(sectionNames.add(".symtab"), Elf.SHT_SYMTAB, 0, 0, next, table.size(), rows.size() + 1, locals, Long.BYTES,
                    Elf.SYMBOL_SIZE));
            tables.add(table.toByteArray());
            tableOffsets.add(next);
            next += table.size();
            rows.add(new Row(sectionNames.add(".strtab"), Elf.SHT_STRTAB, 0, 0, next, strings.bytes.size(), 0, 0, 1, 0));
            tables.add(strings.bytes.toByteArray());
            tableOffsets.add(next);
            next += strings.bytes.size();
        }
        int shstrtab = sectionNames.add(".shstrtab");
        rows.add(new Row(shstrtab, Elf.SHT_STRTAB, 0, 0, next, sectionNames.bytes.size(), 0, 0, 1, 0));
        tables.add(sectionNames.bytes.toByteArray());
        tableOffsets.add(next);
        next = alignUp(next + sectionNames.bytes.size(), Long.BYTES);

        long size = next + (long) rows.size() * Elf.SECTION_HEADER_SIZE;
        if (size > Integer.MAX_VALUE) {
            throw new LinkException("The image would be a file of " + (size >> 20) + " MiB, and images are smaller than 2 GiB");
        }
        ByteBuffer file = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        writeFileHeader(file, entry, next);
        writeProgramHeaders(file, notes);
        for (InputSection section : placement.sections()) {
            if (section.bytes().length > 0) {
                file.put(Math.toIntExact(fileOffset(section)), section.bytes());
            }
        }
        for (InputSection section : debug) {
            file.put(Math.toIntExact(rows.get(indexes.get(section)).offset()), section.bytes());
        }
        for (int i = 0; i < tables.size(); i++) {
            file.put(Math.toIntExact(tableOffsets.get(i)), tables.get(i));
        }
        writeSectionHeaders(file, Math.toIntExact(next));
        return file.array();
    }

    /** One row, or one for each part with rights of its own: debuggers want a section to be within one segment. */
    private void addRows(InputSection section) {
        long begin = placement.address(section);
        long end = begin + section.memorySize();
        List<Region> parts = placement.regions().stream().filter(region -> region.begin() < end && region.end() > begin).toList();
        if (parts.size() < 2) {
            addRow(section, section.name(), section.access(), begin, fileOffset(section), section.memorySize());
            return;
        }
        for (Region part : parts) {
            long from = Math.max(begin, part.begin());
            String name = from == begin ? section.name() : section.name() + "." + part.access().name().toLowerCase(Locale.ROOT);
            addRow(section, name, part.access(), from, fileOffset(section) + from - begin, Math.min(end, part.end()) - from);
        }
    }

    private void addRow(InputSection section, String name, Access access, long address, long offset, long size) {
        int type = section.nobits() ? Elf.SHT_NOBITS : section.name().startsWith(".note.") ? Elf.SHT_NOTE : Elf.SHT_PROGBITS;
        long flags = 0;
        if (access != null) {
            flags = Elf.SHF_ALLOC | (access.writable() ? Elf.SHF_WRITE : 0) | (access.executable() ? Elf.SHF_EXECINSTR : 0);
        }
        indexes.putIfAbsent(section, rows.size());
        rows.add(new Row(sectionNames.add(name), type, flags, address, offset, size, 0, 0, section.alignment(), 0));
    }

    /** Segments that follow one another in memory without a gap do so in the file, hence a section over several of them is in one piece. */
    private long fileOffset(InputSection section) {
        long address = placement.address(section);
        for (Region segment : segments) {
            if (address >= segment.begin() && address < segment.end()) {
                long offset = segmentOffsets.get(segment);
                return section.nobits() ? offset : offset + address - segment.begin();
            }
        }
        // Guard sections and empty ones have no segment, and nothing in the file.
        return 0;
    }

    private int writeSymbols(ByteArrayOutputStream table, StringTable strings) {
        symbol(table, 0, 0, Elf.SHN_UNDEF, 0, 0);
        List<LinkSymbol> named = symbols.stream().filter(symbol -> symbol.defined() && !symbol.name().isEmpty()
                && (symbol.section() == null || indexes.containsKey(symbol.section()))).toList();
        int locals = 1;
        if (kept == LinkOptions.Symbols.ALL) {
            for (LinkSymbol symbol : named) {
                if (symbol.scope() == LinkSymbol.Scope.LOCAL) {
                    symbol(table, strings, symbol, Elf.STB_LOCAL);
                    locals++;
                }
            }
        }
        for (LinkSymbol symbol : named) {
            if (symbol.scope() != LinkSymbol.Scope.LOCAL) {
                symbol(table, strings, symbol, Elf.STB_GLOBAL);
            }
        }
        linkerSymbols.forEach((name, address) ->
                symbol(table, strings.add(name), Elf.STB_GLOBAL << 4 | Elf.STT_NOTYPE, Elf.SHN_ABS, address, 0));
        return locals;
    }

    private void symbol(ByteArrayOutputStream table, StringTable strings, LinkSymbol symbol, int binding) {
        int type = symbol.function() ? Elf.STT_FUNC : symbol.size() > 0 ? Elf.STT_OBJECT : Elf.STT_NOTYPE;
        int index = symbol.section() == null ? Elf.SHN_ABS : indexes.get(symbol.section());
        long address = (symbol.section() == null ? 0 : placement.address(symbol.section())) + symbol.value();
        symbol(table, strings.add(symbol.name()), binding << 4 | type, index, address, symbol.size());
    }

    private static void symbol(ByteArrayOutputStream table, int name, int info, int section, long value, long size) {
        table.writeBytes(ByteBuffer.allocate(Elf.SYMBOL_SIZE).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(name).put((byte) info).put((byte) 0).putShort((short) section).putLong(value).putLong(size).array());
    }

    private void writeFileHeader(ByteBuffer file, long entry, long sectionHeaders) {
        file.putInt(0x464c457f).put((byte) 2).put((byte) 1).put((byte) 1).position(16);
        file.putShort((short) Elf.ET_EXEC).putShort((short) Elf.EM_X86_64).putInt(1);
        file.putLong(entry).putLong(Elf.FILE_HEADER_SIZE).putLong(sectionHeaders);
        file.putInt(0).putShort((short) Elf.FILE_HEADER_SIZE);
        file.putShort((short) Elf.PROGRAM_HEADER_SIZE).putShort((short) (segments.size() + EXTRA_HEADERS));
        file.putShort((short) Elf.SECTION_HEADER_SIZE).putShort((short) rows.size()).putShort((short) (rows.size() - 1));
    }

    private void writeProgramHeaders(ByteBuffer file, List<InputSection> notes) {
        InputSection first = notes.getFirst();
        InputSection last = notes.getLast();
        long notesSize = placement.address(last) + last.memorySize() - placement.address(first);
        programHeader(file, Elf.PT_NOTE, Elf.PF_R, fileOffset(first), placement.address(first), notesSize, notesSize, ElfNote.ALIGNMENT);
        programHeader(file, Elf.PT_GNU_STACK, Elf.PF_R | Elf.PF_W, 0, 0, 0, 0, STACK_ALIGNMENT);
        for (Region segment : segments) {
            int flags = Elf.PF_R | (segment.access().writable() ? Elf.PF_W : 0) | (segment.access().executable() ? Elf.PF_X : 0);
            programHeader(file, Elf.PT_LOAD, flags, segmentOffsets.get(segment), segment.begin(), segment.contentsEnd() - segment.begin(),
                    segment.end() - segment.begin(), PAGE);
        }
    }

    private static void programHeader(ByteBuffer file, int type, int flags, long offset, long address, long fileSize, long memorySize,
                                      long alignment) {
        file.putInt(type).putInt(flags).putLong(offset).putLong(address).putLong(address);
        file.putLong(fileSize).putLong(memorySize).putLong(alignment);
    }

    private void writeSectionHeaders(ByteBuffer file, int offset) {
        file.position(offset);
        for (Row row : rows) {
            file.putInt(row.name()).putInt(row.type()).putLong(row.flags()).putLong(row.address()).putLong(row.offset());
            file.putLong(row.size()).putInt(row.link()).putInt(row.info()).putLong(row.alignment()).putLong(row.entrySize());
        }
    }
}
