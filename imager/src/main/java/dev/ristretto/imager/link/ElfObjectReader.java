package dev.ristretto.imager.link;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a relocatable ELF64 file for x86-64: sections that are loaded, {@code .debug_*} sections, symbols and the relocations of those
 * sections. Everything else in the file is passed over.
 */
final class ElfObjectReader {
    private final ByteBuffer file;
    private final String origin;
    private final List<SectionHeader> headers = new ArrayList<>();
    private InputSection[] sections;
    private LinkSymbol[] symbols = new LinkSymbol[0];

    /** A row of the section header table. */
    private record SectionHeader(String name, int type, long flags, long offset, long size, int link, int info, long alignment) {
    }

    private ElfObjectReader(byte[] bytes, String origin) {
        this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.origin = origin;
    }

    /** Reads {@code bytes}; {@code origin} names them in messages. */
    static LinkInput read(byte[] bytes, String origin) throws LinkException {
        ElfObjectReader reader = new ElfObjectReader(bytes, origin);
        try {
            return reader.read();
        } catch (IndexOutOfBoundsException | BufferUnderflowException | ArithmeticException e) {
            throw reader.bad("it refers to places beyond its end");
        }
    }

    private LinkInput read() throws LinkException {
        if (file.capacity() < Elf.FILE_HEADER_SIZE || file.getInt(0) != 0x464c457f) {
            throw bad("it is not an ELF file");
        }
        if (file.get(4) != 2 || file.get(5) != 1 || file.getShort(16) != Elf.ET_REL || file.getShort(18) != Elf.EM_X86_64) {
            throw bad("it is not a relocatable ELF64 file for x86-64");
        }
        readHeaders();
        readSections();
        for (SectionHeader header : headers) {
            if (header.type == Elf.SHT_SYMTAB) {
                readSymbols(header);
            }
        }
        for (SectionHeader header : headers) {
            if (header.type == Elf.SHT_RELA && sections[header.info] != null) {
                readRelocations(header);
            } else if (header.type == Elf.SHT_REL && sections[header.info] != null) {
                throw bad("section " + header.name + " has relocations without addends");
            }
        }
        List<InputSection> present = new ArrayList<>();
        for (InputSection section : sections) {
            if (section != null) {
                present.add(section);
            }
        }
        return new LinkInput(present, List.of(symbols));
    }

    private void readHeaders() throws LinkException {
        int offset = Math.toIntExact(file.getLong(40));
        int count = Short.toUnsignedInt(file.getShort(60));
        int names = Short.toUnsignedInt(file.getShort(62));
        if (offset == 0 || Short.toUnsignedInt(file.getShort(58)) != Elf.SECTION_HEADER_SIZE) {
            throw bad("it has no section table");
        }
        if (count == 0) {
            // More than 0xfeff sections: the number is in the first header (gABI, "Sections").
            count = Math.toIntExact(file.getLong(offset + 32));
        }
        if (names == 0xffff) {
            names = file.getInt(offset + 40);
        }
        int nameTable = Math.toIntExact(file.getLong(offset + names * Elf.SECTION_HEADER_SIZE + 24));
        for (int i = 0; i < count; i++) {
            int at = offset + i * Elf.SECTION_HEADER_SIZE;
            headers.add(new SectionHeader(string(nameTable + file.getInt(at)), file.getInt(at + 4), file.getLong(at + 8),
                    file.getLong(at + 24), file.getLong(at + 32), file.getInt(at + 40), file.getInt(at + 44), file.getLong(at + 48)));
        }
    }

    private void readSections() throws LinkException {
        sections = new InputSection[headers.size()];
        for (int i = 0; i < sections.length; i++) {
            SectionHeader header = headers.get(i);
            boolean loaded = (header.flags & Elf.SHF_ALLOC) != 0;
            boolean contents = header.type == Elf.SHT_PROGBITS;
            boolean wanted = loaded && (contents || header.type == Elf.SHT_NOBITS) || contents && header.name.startsWith(".debug");
            if (wanted) {
                byte[] bytes = new byte[contents ? Math.toIntExact(header.size) : 0];
                if (contents) {
                    file.get(Math.toIntExact(header.offset), bytes);
                }
                sections[i] = new InputSection(header.name, bytes, Math.max(1, header.alignment), header.size,
                        loaded ? access(header) : null, false, new ArrayList<>());
            }
        }
    }

    private Access access(SectionHeader header) throws LinkException {
        boolean write = (header.flags & Elf.SHF_WRITE) != 0;
        boolean execute = (header.flags & Elf.SHF_EXECINSTR) != 0;
        if (write && execute) {
            throw bad("section " + header.name + " is both writable and executable");
        }
        return write ? Access.RW : execute ? Access.RX : Access.R;
    }

    private void readSymbols(SectionHeader table) throws LinkException {
        int strings = Math.toIntExact(headers.get(table.link).offset);
        int count = Math.toIntExact(table.size / Elf.SYMBOL_SIZE);
        symbols = new LinkSymbol[count];
        for (int i = 0; i < count; i++) {
            int at = Math.toIntExact(table.offset) + i * Elf.SYMBOL_SIZE;
            int info = Byte.toUnsignedInt(file.get(at + 4));
            int index = Short.toUnsignedInt(file.getShort(at + 6));
            LinkSymbol.Scope scope = switch (info >> 4) {
                case Elf.STB_LOCAL -> LinkSymbol.Scope.LOCAL;
                case Elf.STB_WEAK -> LinkSymbol.Scope.WEAK;
                default -> LinkSymbol.Scope.GLOBAL;
            };
            boolean defined = index != Elf.SHN_UNDEF;
            if (index >= Elf.SHN_LORESERVE && index != Elf.SHN_ABS) {
                throw bad("symbol " + string(strings + file.getInt(at)) + " is of a kind (0x" + Integer.toHexString(index)
                        + ") that is not understood");
            }
            InputSection section = defined && index != Elf.SHN_ABS ? sections[index] : null;
            boolean sectionSymbol = (info & 0xf) == Elf.STT_SECTION;
            symbols[i] = new LinkSymbol(sectionSymbol ? "" : string(strings + file.getInt(at)), section, file.getLong(at + 8),
                    file.getLong(at + 16), (info & 0xf) == Elf.STT_FUNC, scope, defined);
        }
    }

    private void readRelocations(SectionHeader table) throws LinkException {
        InputSection section = sections[table.info];
        int count = Math.toIntExact(table.size / Elf.RELA_SIZE);
        for (int i = 0; i < count; i++) {
            int at = Math.toIntExact(table.offset) + i * Elf.RELA_SIZE;
            long offset = file.getLong(at);
            int type = file.getInt(at + 8);
            Relocation.Kind kind = switch (type) {
                case Elf.R_X86_64_64 -> Relocation.Kind.ABS64;
                // A call through the procedure linkage table is a plain call where nothing is linked at run time.
                case Elf.R_X86_64_PC32, Elf.R_X86_64_PLT32 -> Relocation.Kind.PC32;
                case Elf.R_X86_64_32 -> Relocation.Kind.ABS32;
                case Elf.R_X86_64_32S -> Relocation.Kind.ABS32_SIGNED;
                default -> throw bad("section " + section.name() + " has a relocation of type " + type + ", which is not understood");
            };
            int width = kind == Relocation.Kind.ABS64 ? 8 : 4;
            if (offset < 0 || offset + width > section.bytes().length) {
                throw bad("section " + section.name() + " has a relocation at " + offset + ", beyond its end");
            }
            section.relocations().add(new Relocation(offset, kind, symbols[file.getInt(at + 12)], file.getLong(at + 16)));
        }
    }

    private String string(int at) {
        int end = at;
        while (file.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - at];
        file.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private LinkException bad(String why) {
        return new LinkException("Cannot link " + origin + ": " + why);
    }
}
