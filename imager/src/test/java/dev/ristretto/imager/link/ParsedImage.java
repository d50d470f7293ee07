package dev.ristretto.imager.link;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An image as a loader sees it; independent of the classes under test. */
final class ParsedImage {
    record Segment(int type, int flags, long offset, long address, long fileSize, long memorySize, long alignment) {
    }

    record Section(String name, int type, long flags, long address, long offset, long size) {
    }

    final ByteBuffer file;
    final List<Segment> segments = new ArrayList<>();
    final Map<String, Section> sections = new HashMap<>();
    final Map<String, Long> symbols = new HashMap<>();

    ParsedImage(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int headers = (int) file.getLong(32);
        for (int i = 0; i < file.getShort(56); i++) {
            int at = headers + i * 56;
            if (file.getLong(at + 16) != file.getLong(at + 24)) {
                throw new AssertionError("physical and virtual address differ");
            }
            segments.add(new Segment(file.getInt(at), file.getInt(at + 4), file.getLong(at + 8), file.getLong(at + 16), file.getLong(at + 32),
                    file.getLong(at + 40), file.getLong(at + 48)));
        }
        int table = (int) file.getLong(40);
        int names = (int) file.getLong(table + 64 * file.getShort(62) + 24);
        for (int i = 1; i < file.getShort(60); i++) {
            int at = table + i * 64;
            Section section = new Section(string(names + file.getInt(at)), file.getInt(at + 4), file.getLong(at + 8), file.getLong(at + 16),
                    file.getLong(at + 24), file.getLong(at + 32));
            sections.put(section.name, section);
        }
        Section symtab = sections.get(".symtab");
        if (symtab != null) {
            for (int at = (int) symtab.offset + 24; at < symtab.offset + symtab.size; at += 24) {
                symbols.put(string((int) sections.get(".strtab").offset + file.getInt(at)), file.getLong(at + 8));
            }
        }
    }

    long entry() {
        return file.getLong(24);
    }

    /** Eight bytes of memory as loaded; 0 where the file has no contents. */
    long load64(long address) {
        return loadSegment(address).map(segment -> {
            long offset = address - segment.address;
            return offset + 8 <= segment.fileSize ? file.getLong((int) (segment.offset + offset)) : 0L;
        }).orElseThrow();
    }

    int load32(long address) {
        Segment segment = loadSegment(address).orElseThrow();
        return file.getInt((int) (segment.offset + address - segment.address));
    }

    Optional<Segment> loadSegment(long address) {
        return segments.stream().filter(segment -> segment.type == 1 && address >= segment.address
                && address < segment.address + segment.memorySize).findFirst();
    }

    /** The leaf entry that maps an address, 0 if it is not present. Follows the tables in the image. */
    long pageEntry(long address) {
        long table = symbols.get("ristretto_pml4");
        for (int shift = 39; shift >= 12; shift -= 9) {
            long entry = load64(table + 8 * (address >>> shift & 511));
            if ((entry & 1) == 0) {
                return 0;
            }
            if (shift == 12 || shift == 21 && (entry & 1 << 7) != 0) {
                return entry;
            }
            table = entry & 0x000f_ffff_ffff_f000L;
        }
        throw new AssertionError();
    }

    private String string(int at) {
        int end = at;
        while (file.get(end) != 0) {
            end++;
        }
        return new String(file.array(), at, end - at, StandardCharsets.UTF_8);
    }
}
