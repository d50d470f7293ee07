package dev.ristretto.imager.link;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small relocatable ELF files, as the builder would; independent of the classes under test. */
final class TestObject {
    private record Section(String name, int type, long flags, byte[] bytes, long alignment) {
    }

    private record Symbol(String name, String section, long value, long size, int info) {
    }

    private record Rela(long offset, int type, String symbol, long addend) {
    }

    private final List<Section> sections = new ArrayList<>();
    private final List<Symbol> locals = new ArrayList<>();
    private final List<Symbol> globals = new ArrayList<>();
    private final Map<String, List<Rela>> relocations = new LinkedHashMap<>();

    TestObject section(String name, long flags, byte[] bytes, long alignment) {
        sections.add(new Section(name, 1, flags, bytes, alignment));
        return this;
    }

    TestObject local(String name, String section, long value, long size) {
        locals.add(new Symbol(name, section, value, size, 1));
        return this;
    }

    TestObject function(String name, String section, long value, long size) {
        globals.add(new Symbol(name, section, value, size, 1 << 4 | 2));
        return this;
    }

    TestObject undefined(String name) {
        globals.add(new Symbol(name, null, 0, 0, 1 << 4));
        return this;
    }

    TestObject relocation(String section, long offset, int type, String symbol, long addend) {
        relocations.computeIfAbsent(section, name -> new ArrayList<>()).add(new Rela(offset, type, symbol, addend));
        return this;
    }

    byte[] bytes() {
        List<Symbol> symbols = new ArrayList<>(locals);
        symbols.addAll(globals);
        List<Section> all = new ArrayList<>(sections);
        int symtab = all.size() + 1 + relocations.size();
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        strings.write(0);
        ByteBuffer table = buffer(24 * (symbols.size() + 1));
        table.position(24);
        for (Symbol symbol : symbols) {
            int index = symbol.section == null ? 0 : 1 + sections.stream().map(Section::name).toList().indexOf(symbol.section);
            table.putInt(strings.size()).put((byte) symbol.info).put((byte) 0).putShort((short) index).putLong(symbol.value)
                    .putLong(symbol.size);
            strings.writeBytes((symbol.name + "\0").getBytes(StandardCharsets.UTF_8));
        }
        List<Integer> relaTargets = new ArrayList<>();
        relocations.forEach((name, list) -> {
            ByteBuffer rela = buffer(24 * list.size());
            for (Rela entry : list) {
                int index = 1 + symbols.stream().map(Symbol::name).toList().indexOf(entry.symbol);
                rela.putLong(entry.offset).putInt(entry.type).putInt(index).putLong(entry.addend);
            }
            relaTargets.add(1 + sections.stream().map(Section::name).toList().indexOf(name));
            all.add(new Section(".rela" + name, 4, 0, rela.array(), 8));
        });
        all.add(new Section(".symtab", 2, 0, table.array(), 8));
        all.add(new Section(".strtab", 3, 0, strings.toByteArray(), 1));
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.write(0);
        List<Integer> nameOffsets = new ArrayList<>();
        for (Section section : all) {
            nameOffsets.add(names.size());
            names.writeBytes((section.name + "\0").getBytes(StandardCharsets.UTF_8));
        }
        nameOffsets.add(names.size());
        names.writeBytes(".shstrtab\0".getBytes(StandardCharsets.UTF_8));
        all.add(new Section(".shstrtab", 3, 0, names.toByteArray(), 1));

        int size = 64 + all.stream().mapToInt(section -> section.bytes.length + 16).sum() + 64 * (all.size() + 1);
        ByteBuffer file = buffer(size);
        file.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).put(6, (byte) 1);
        file.putShort(16, (short) 1).putShort(18, (short) 62).putInt(20, 1);
        int at = 64;
        List<Integer> offsets = new ArrayList<>();
        for (Section section : all) {
            at = at + 15 & -16;
            offsets.add(at);
            file.put(at, section.bytes);
            at += section.bytes.length;
        }
        at = at + 15 & -16;
        file.putLong(40, at).putShort(58, (short) 64).putShort(60, (short) (all.size() + 1)).putShort(62, (short) all.size());
        for (int i = 0; i < all.size(); i++) {
            Section section = all.get(i);
            int header = at + 64 * (i + 1);
            int rela = i - sections.size();
            boolean isRela = section.type == 4;
            file.putInt(header, nameOffsets.get(i)).putInt(header + 4, section.type).putLong(header + 8, section.flags);
            file.putLong(header + 24, offsets.get(i)).putLong(header + 32, section.bytes.length);
            file.putInt(header + 40, isRela ? symtab : section.type == 2 ? symtab + 1 : 0);
            file.putInt(header + 44, isRela ? relaTargets.get(rela) : section.type == 2 ? 1 + locals.size() : 0);
            file.putLong(header + 48, section.alignment).putLong(header + 56, isRela || section.type == 2 ? 24 : 0);
        }
        return file.array();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
