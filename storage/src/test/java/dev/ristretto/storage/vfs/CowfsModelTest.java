package dev.ristretto.storage.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.MemoryBlockDevice;
import dev.ristretto.storage.cowfs.Cowfs;
import dev.ristretto.storage.cowfs.CowfsException;
import dev.ristretto.storage.cowfs.CowfsOptions;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

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

    @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
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
        TreeMap<String, String> before = Trees.dump(second.root());
        second.close();
        Cowfs again = Cowfs.mount(secondDisk, OPTIONS);
        assertEquals(before, Trees.dump(again.root()));
        Trees.clear(again.root());
        again.sync();
        assertEquals(free, again.statistics().freeBlocks(), "space is given back");
        assertEquals(List.of(), again.check(true).problems());
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
