package dev.ristretto.storage.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.MemoryBlockDevice;
import dev.ristretto.storage.cowfs.Cowfs;
import dev.ristretto.storage.cowfs.CowfsException;
import dev.ristretto.storage.cowfs.CowfsOptions;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.Node;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random workloads on two file systems on disks behave, step by step, like {@link ModelTree}, and are the same after mounting again. */
class CowfsModelTest {
    private static final long SIZE = 32L << 20;
    /** As little memory as may be, so that everything is written and read again all the time. */
    private static final CowfsOptions OPTIONS = CowfsOptions.defaults(() -> 0).withMemory(256 << 10, 64 << 10);

    @Provide
    Arbitrary<List<Op>> workloads() {
        return Op.arbitrary().list().ofMinSize(200).ofMaxSize(400);
    }

    private static Cowfs create(MemoryBlockDevice disk) throws CowfsException {
        Cowfs.format(disk, 1, 2, "test", OPTIONS);
        return Cowfs.mount(disk, OPTIONS);
    }

    @Property(tries = 60)
    void behavesLikeTheModel(@ForAll("workloads") List<Op> workload) throws Exception {
        MemoryBlockDevice firstDisk = new MemoryBlockDevice(SIZE, 512);
        MemoryBlockDevice secondDisk = new MemoryBlockDevice(SIZE, 4096);
        Cowfs first = create(firstDisk);
        Cowfs second = create(secondDisk);
        first.root().setPermissions(01777);
        second.root().setPermissions(01777);
        long free = second.statistics().freeBlocks();
        Vfs vfs = new Vfs(first, 022);
        vfs.makeDirectory(vfs.root(), "m", 0777);
        vfs.mount("/m", second);
        VfsSteps subject = new VfsSteps(vfs, vfs.root());
        ModelTree model = new ModelTree();
        for (int i = 0; i < workload.size(); i++) {
            Op op = workload.get(i);
            String expected = outcome(() -> model.run(op));
            assertEquals(expected, outcome(() -> subject.run(op)), "step " + i + ": " + op);
            if (op.place() % 16 == 0) {
                first.sync();
            }
        }
        subject.closeAll();
        assertEquals(List.of(), first.check(true).problems());
        assertEquals(List.of(), second.check(true).problems());
        TreeMap<String, String> before = dump(second);
        second.close();
        Cowfs again = Cowfs.mount(secondDisk, OPTIONS);
        assertEquals(before, dump(again));
        removeAll(again.root());
        again.sync();
        assertEquals(free, again.statistics().freeBlocks(), "space is given back");
        assertEquals(List.of(), again.check(true).problems());
    }

    /** Returns everything that a file system holds, by path. */
    static TreeMap<String, String> dump(Cowfs fileSystem) throws ErrnoException {
        TreeMap<String, String> all = new TreeMap<>();
        dump(fileSystem.root(), "", all);
        return all;
    }

    private static void dump(DirectoryNode directory, String path, TreeMap<String, String> all) throws ErrnoException {
        all.put(path + "/", describe(directory));
        var cursor = directory.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            Node node = directory.lookup(name);
            if (node instanceof DirectoryNode child) {
                dump(child, path + "/" + name, all);
            } else {
                all.put(path + "/" + name, describe(node));
            }
        }
    }

    private static String describe(Node node) throws ErrnoException {
        var attributes = node.attributes();
        String text = attributes.type() + " " + attributes.permissions() + " " + attributes.links() + " " + attributes.size();
        if (node instanceof FileNode file) {
            ByteBuffer content = ByteBuffer.allocate((int) attributes.size());
            file.read(0, content);
            text += " " + Arrays.hashCode(content.array());
        }
        return text;
    }

    private static void removeAll(DirectoryNode directory) throws ErrnoException {
        var cursor = directory.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            Node node = directory.lookup(name);
            if (node.attributes().type() == FileType.DIRECTORY) {
                removeAll((DirectoryNode) node);
                directory.removeDirectory(name);
            } else {
                directory.unlink(name);
            }
        }
    }

    private interface Step {
        String run() throws ErrnoException;
    }

    private static String outcome(Step step) {
        try {
            return step.run();
        } catch (ErrnoException e) {
            return e.errno().name();
        }
    }
}
