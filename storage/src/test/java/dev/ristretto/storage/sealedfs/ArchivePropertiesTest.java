package dev.ristretto.storage.sealedfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** Archives of any tree, and archives that something happened to, against a plain map. */
class ArchivePropertiesTest {
    /** What is at a path: bytes of a file, the target of a link, or neither of a directory. */
    record Item(byte[] content, boolean staysAsItIs, String target) {
    }

    /** A byte of an archive and what it becomes. */
    record Change(double where, byte to) {
    }

    /** Trees by path. Where a path goes through something that is no directory, it is left out. */
    @Provide
    Arbitrary<TreeMap<String, Item>> trees() {
        Arbitrary<String> name = Arbitraries.frequencyOf(Tuple.of(6, Arbitraries.of("a", "b", "c", "ab")),
                Tuple.of(1, Arbitraries.strings().withChars("xyz\u00e9\u4e00 .").ofMinLength(1).ofMaxLength(20)
                        .filter(PlainPath::isName)));
        Arbitrary<String> path = name.list().ofMinSize(1).ofMaxSize(4).map(names -> String.join("/", names));
        Arbitrary<Integer> size = Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.integers().between(0, 300)),
                Tuple.of(1, Arbitraries.of(4095, 4096, 4097, 65535, 65536, 65537, 131072, 200_000)));
        Arbitrary<Item> file = Combinators.combine(size, Arbitraries.integers().between(1, 256), Arbitraries.longs(), Arbitraries.of(true, false))
                .as((length, variety, seed, stays) -> new Item(content(length, variety, seed), stays, null));
        Arbitrary<Item> item = Arbitraries.frequencyOf(Tuple.of(6, file),
                Tuple.of(1, Arbitraries.of("a", "/", "../b").map(target -> new Item(null, false, target))),
                Tuple.of(1, Arbitraries.just(new Item(null, false, null))));
        return Arbitraries.maps(path, item).ofMaxSize(12).map(ArchivePropertiesTest::consistent);
    }

    private static byte[] content(int length, int variety, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt(variety);
        }
        return bytes;
    }

    private static TreeMap<String, Item> consistent(Map<String, Item> items) {
        TreeMap<String, Item> tree = new TreeMap<>();
        new TreeMap<>(items).forEach((path, item) -> {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                Item above = tree.get(path.substring(0, slash));
                if (above != null && (above.content() != null || above.target() != null)) {
                    return;
                }
            }
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                tree.putIfAbsent(path.substring(0, slash), new Item(null, false, null));
            }
            if (tree.tailMap(path + "/").keySet().stream().findFirst().filter(next -> next.startsWith(path + "/")).isEmpty()) {
                tree.put(path, item);
            }
        });
        return tree;
    }

    private static byte[] write(List<Map.Entry<String, Item>> items) throws IOException {
        ArchiveWriter writer = new ArchiveWriter("/m", 7);
        for (Map.Entry<String, Item> entry : items) {
            Item item = entry.getValue();
            if (item.content() != null) {
                writer.file(entry.getKey(), () -> new ByteArrayInputStream(item.content()), item.staysAsItIs());
            } else if (item.target() != null) {
                writer.symbolicLink(entry.getKey(), item.target());
            } else {
                writer.directory(entry.getKey());
            }
        }
        return writer.write();
    }

    private static byte[] write(TreeMap<String, Item> tree) throws IOException {
        return write(List.copyOf(tree.entrySet()));
    }

    @Property(tries = 200)
    void isTheTree(@ForAll("trees") TreeMap<String, Item> tree) throws Exception {
        Archive archive = Archive.openAll(ByteBuffer.wrap(write(tree))).getFirst();
        archive.verify();
        Map<String, Item> left = new HashMap<>(tree);
        compare(archive.root(), "", left);
        assertEquals(Map.of(), left, "not found by walking");
        for (Map.Entry<String, Item> entry : tree.entrySet()) {
            Node node = archive.root();
            for (String name : entry.getKey().split("/")) {
                node = ((DirectoryNode) node).lookup(name);
            }
            assertEquals(entry.getValue().content() != null, node instanceof FileNode);
        }
    }

    private static void compare(DirectoryNode directory, String path, Map<String, Item> left) throws ErrnoException {
        var cursor = directory.entries();
        int directories = 0;
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            Node node = directory.lookup(name);
            Item item = left.remove(path + name);
            switch (node) {
                case FileNode file -> assertArrayEquals(item.content(), read(file, 0, item.content().length + 5));
                case SymbolicLinkNode link -> assertEquals(item.target(), link.target());
                case DirectoryNode below -> {
                    assertEquals(directory, below.parent());
                    directories++;
                    compare(below, path + name + "/", left);
                }
                default -> throw new AssertionError(node);
            }
        }
        assertEquals(2 + directories, directory.attributes().links());
    }

    private static byte[] read(FileNode file, long position, int atMost) throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocate(atMost);
        int length = file.read(position, buffer);
        assertEquals(length, buffer.position());
        byte[] bytes = new byte[length];
        buffer.get(0, bytes);
        return bytes;
    }

    @Property(tries = 200)
    void isReadFromAnywhere(@ForAll("trees") TreeMap<String, Item> tree, @ForAll @Size(10) List<Integer> places) throws Exception {
        Archive archive = Archive.openAll(ByteBuffer.wrap(write(tree))).getFirst();
        for (Map.Entry<String, Item> entry : tree.entrySet()) {
            byte[] content = entry.getValue().content();
            if (content == null) {
                continue;
            }
            Node node = archive.root();
            for (String name : entry.getKey().split("/")) {
                node = ((DirectoryNode) node).lookup(name);
            }
            for (int place : places) {
                int from = Math.floorMod(place, content.length + 2);
                int length = Math.floorMod(place >>> 7, 70_000);
                int end = Math.min(content.length, from + length);
                assertArrayEquals(from > end ? new byte[0] : Arrays.copyOfRange(content, from, end), read((FileNode) node, from, length));
            }
        }
    }

    @Property(tries = 100)
    void theOrderOfDescriptionIsNothing(@ForAll("trees") TreeMap<String, Item> tree, @ForAll Random random) throws Exception {
        List<Map.Entry<String, Item>> shuffled = new ArrayList<>(tree.entrySet());
        Collections.shuffle(shuffled, random);
        assertArrayEquals(write(tree), write(shuffled));
    }

    /** With or without right checksums: each operation works or fails with EIO, and a walk comes to an end. */
    @Property(tries = 400)
    void damageIsAnErrorAndNothingWorse(@ForAll("trees") TreeMap<String, Item> tree,
            @ForAll @Size(min = 1, max = 4) List<@From("changes") Change> changes, @ForAll boolean inIndex, @ForAll boolean checksumsFit) throws Exception {
        byte[] bytes = write(tree);
        ArchiveHeader header = ArchiveHeader.read(ByteBuffer.wrap(bytes));
        for (Change change : changes) {
            int from = inIndex ? header.index() : 0;
            bytes[from + (int) (change.where() * ((inIndex ? header.index() + header.indexLength() : bytes.length) - from))] = change.to();
        }
        if (checksumsFit) {
            fit(bytes, header);
        }
        walkAll(bytes);
    }

    /** Chance does not find this one: a root with a name that says that it is in itself. */
    @Example
    void aCircleIsAnErrorAndNothingWorse() throws Exception {
        byte[] bytes = write(new TreeMap<>(Map.of("a", new Item(null, false, null))));
        ArchiveHeader header = ArchiveHeader.read(ByteBuffer.wrap(bytes));
        bytes[header.index() + ArchiveIndex.NAME_LENGTH] = 1;
        bytes[header.index() + ArchiveIndex.FIRST] = 0;
        fit(bytes, header);
        Archive archive = Archive.openAll(ByteBuffer.wrap(bytes)).getFirst();
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> archive.root().lookup("a")).errno());
        walkAll(bytes);
    }

    @Provide
    Arbitrary<Change> changes() {
        return Combinators.combine(Arbitraries.doubles().between(0, true, 1, false), Arbitraries.bytes()).as(Change::new);
    }

    @Property(tries = 200)
    void aCutArchiveIsAnErrorAndNothingWorse(@ForAll("trees") TreeMap<String, Item> tree, @ForAll double cut) throws Exception {
        byte[] bytes = write(tree);
        walkAll(Arrays.copyOf(bytes, (int) (Math.abs(cut % 1) * bytes.length)));
    }

    /** Makes the checksums those of the bytes. */
    private static void fit(byte[] bytes, ArchiveHeader before) {
        ByteBuffer archive = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        CRC32C index = new CRC32C();
        index.update(archive.slice(before.index(), before.indexLength()));
        archive.putInt(44, (int) index.getValue());
        archive.putInt(48, 2);
        CRC32C header = new CRC32C();
        header.update(archive.slice(0, 52));
        header.update(archive.slice(56, 2));
        archive.putInt(52, (int) header.getValue());
    }

    private static void walkAll(byte[] bytes) {
        List<Archive> archives;
        try {
            archives = Archive.openAll(ByteBuffer.wrap(bytes));
        } catch (ArchiveException e) {
            return;
        }
        for (Archive archive : archives) {
            walk(archive.root());
            try {
                archive.verify();
            } catch (ArchiveException e) {
                // As it should be.
            }
        }
    }

    private static void walk(DirectoryNode directory) {
        List<String> names = new ArrayList<>();
        orInputOutputError(() -> {
            directory.attributes();
            directory.lookup("a");
            var cursor = directory.entries();
            for (String name = cursor.next(); name != null; name = cursor.next()) {
                names.add(name);
            }
        });
        for (String name : names) {
            orInputOutputError(() -> {
                switch (directory.lookup(name)) {
                    case FileNode file -> {
                        file.attributes();
                        read(file, 0, 100_000);
                        read(file, file.size() / 2, 100);
                        file.view(0, Math.max(1, file.size()));
                    }
                    case SymbolicLinkNode link -> link.target();
                    case DirectoryNode below -> walk(below);
                    case null, default -> { }
                }
            });
        }
    }

    private interface Step {
        void run() throws ErrnoException;
    }

    private static void orInputOutputError(Step step) {
        try {
            step.run();
        } catch (ErrnoException e) {
            assertEquals(Errno.EIO, e.errno());
        }
    }
}
