package dev.ristretto.storage.vfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.FaultyBlockDevice;
import dev.ristretto.storage.block.MemoryBlockDevice;
import dev.ristretto.storage.cowfs.Cowfs;
import dev.ristretto.storage.cowfs.CowfsException;
import dev.ristretto.storage.cowfs.CowfsOptions;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.tmpfs.Tmpfs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** The power fails at every write of random workloads; what is found afterwards is a state that there was, not older than the last sync. */
class CowfsPowerCutTest {
    private static final int SIZE = 4 << 20;
    private static final CowfsOptions OPTIONS = CowfsOptions.defaults(() -> 0).withMemory(256 << 10, 64 << 10);

    @Provide
    Arbitrary<List<Op>> workloads() {
        return Op.arbitrary().list().ofMinSize(100).ofMaxSize(200);
    }

    @Provide
    Arbitrary<List<Op>> longWorkloads() {
        return Op.arbitrary().list().ofSize(1500);
    }

    /** The same workload on a file system on a disk and on one in memory, which says what there should be. */
    private static final class Run {
        final Cowfs subject;
        final Tmpfs model = new Tmpfs(256 << 20, 100_000, () -> 0);
        final List<TreeMap<String, String>> states = new ArrayList<>();
        final VfsSteps subjectSteps;
        final VfsSteps modelSteps;
        /** Index of the state that a sync has made last. */
        int forced;

        Run(Cowfs subject) throws ErrnoException {
            this.subject = subject;
            Trees.copy(subject.root(), model.root());
            Vfs subjectFiles = new Vfs(subject, 022);
            Vfs modelFiles = new Vfs(model, 022);
            subjectSteps = new VfsSteps(subjectFiles, subjectFiles.root());
            modelSteps = new VfsSteps(modelFiles, modelFiles.root());
            states.add(Trees.dump(model.root()));
        }

        void step(Op op) throws ErrnoException {
            String expected = outcome(modelSteps, op);
            states.add(Trees.dump(model.root()));
            assertEquals(expected, outcome(subjectSteps, op), op.toString());
            if (op.place() % 5 == 0) {
                subject.sync();
                forced = states.size() - 1;
            }
        }

        private static String outcome(VfsSteps steps, Op op) throws ErrnoException {
            try {
                return steps.run(op);
            } catch (ErrnoException e) {
                if (e.errno() == Errno.EIO || e.errno() == Errno.EROFS || e.errno() == Errno.ENOSPC) {
                    throw e;
                }
                return e.errno().name();
            }
        }
    }

    @Property(tries = 4, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void everyWriteOfAWorkload(@ForAll("workloads") List<Op> workload, @ForAll long seed) throws Exception {
        RecordingDevice disk = new RecordingDevice(SIZE);
        Cowfs.format(disk, 1, 2, "test", OPTIONS);
        Run run = new Run(Cowfs.mount(disk, OPTIONS));
        int formatted = disk.events.size();
        List<int[]> marks = new ArrayList<>();
        for (Op op : workload) {
            run.step(op);
            marks.add(new int[] {disk.events.size(), run.forced});
        }
        run.subject.sync();
        Random random = new Random(seed);
        byte[] durable = new byte[SIZE];
        List<RecordingDevice.Event> pending = new ArrayList<>();
        int step = 0;
        int forced = 0;
        for (int i = 0; i < disk.events.size(); i++) {
            RecordingDevice.Event event = disk.events.get(i);
            if (event.isFlush()) {
                pending.forEach(write -> System.arraycopy(write.bytes(), 0, durable, (int) write.position(), write.bytes().length));
                pending.clear();
            } else {
                pending.add(event);
            }
            while (step < marks.size() && marks.get(step)[0] <= i + 1) {
                forced = marks.get(step++)[1];
            }
            if (i >= formatted && !event.isFlush()) {
                int current = Math.min(step + 1, run.states.size() - 1);
                for (int variant = 0; variant < 4; variant++) {
                    byte[] left = durable.clone();
                    lose(pending, variant == 0 ? 0 : variant == 1 ? 1 : random.nextDouble(), random, left);
                    checkSurvivor(left, run.states.subList(forced, current + 1), variant == 2);
                }
            }
        }
    }

    /** Applies some sectors of what had not been flushed. */
    private static void lose(List<RecordingDevice.Event> pending, double kept, Random random, byte[] disk) {
        for (RecordingDevice.Event write : pending) {
            for (int at = 0; at < write.bytes().length; at += 512) {
                if (random.nextDouble() < kept) {
                    System.arraycopy(write.bytes(), at, disk, (int) write.position() + at, 512);
                }
            }
        }
    }

    private static void checkSurvivor(byte[] disk, List<TreeMap<String, String>> possible, boolean useIt) throws Exception {
        Cowfs found = Cowfs.mount(new MemoryBlockDevice(disk), useIt ? OPTIONS : OPTIONS.forReading());
        assertTrue(possible.contains(Trees.dump(found.root())), "neither of " + possible.size() + " states");
        assertEquals(List.of(), found.check(true).problems());
        if (useIt) {
            found.root().createFile("after the cut", 0644).append(ByteBuffer.wrap(new byte[10_000]));
            Trees.clear(found.root());
            found.sync();
            assertEquals(List.of(), found.check(true).problems());
        }
    }

    /** One disk lives through many power cuts, each in the middle of a write. */
    @Property(tries = 3, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void manyCutsOfOneDisk(@ForAll("longWorkloads") List<Op> workload, @ForAll long seed) throws Exception {
        Random random = new Random(seed);
        FaultyBlockDevice disk = new FaultyBlockDevice(new MemoryBlockDevice(SIZE, 512), random);
        Cowfs.format(disk, 1, 2, "test", OPTIONS);
        Run run = new Run(Cowfs.mount(disk, OPTIONS));
        disk.cutPowerAfter(random.nextInt(20));
        int cuts = 0;
        for (Op op : workload) {
            try {
                run.step(op);
            } catch (ErrnoException e) {
                assertEquals(Errno.EIO, e.errno());
                disk.powerOn();
                Cowfs found = mountAgain(disk);
                assertTrue(run.states.subList(run.forced, run.states.size()).contains(Trees.dump(found.root())), "after cut " + cuts);
                assertEquals(List.of(), found.check(true).problems());
                run = new Run(found);
                found.sync();
                disk.cutPowerAfter(random.nextInt(20));
                cuts++;
            }
        }
        assertTrue(cuts > 5, "only " + cuts);
    }

    private static Cowfs mountAgain(FaultyBlockDevice disk) throws CowfsException {
        return Cowfs.mount(disk, OPTIONS);
    }

    /** After a failed write, everything is still there to be written once the disk works again; or else nothing can be changed any more. */
    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void writeErrors(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        FaultyBlockDevice disk = new FaultyBlockDevice(new MemoryBlockDevice(SIZE, 512), random);
        Cowfs.format(disk, 1, 2, "test", OPTIONS);
        Cowfs subject = Cowfs.mount(disk, OPTIONS);
        FileNode file = subject.root().createFile("file", 0644);
        byte[] content = new byte[100_000];
        TreeMap<String, String> forced = Trees.dump(subject.root());
        subject.sync();
        TreeMap<String, String> last = forced;
        for (int i = 0; i < 40 && !subject.isReadOnly(); i++) {
            disk.setWriteErrors(random.nextInt(3) == 0 ? 0.15 : 0);
            try {
                int at = random.nextInt(content.length - 5000);
                Arrays.fill(content, at, at + 5000, (byte) i);
                file.write(at, ByteBuffer.wrap(content, at, 5000));
                last = Trees.dump(subject.root());
                subject.sync();
                forced = last;
            } catch (ErrnoException e) {
                assertTrue(e.errno() == Errno.EIO || e.errno() == Errno.EROFS);
            }
        }
        disk.setWriteErrors(0);
        if (!subject.isReadOnly()) {
            last = Trees.dump(subject.root());
            subject.sync();
            forced = last;
        }
        disk.cutPower();
        disk.powerOn();
        Cowfs found = mountAgain(disk);
        TreeMap<String, String> left = Trees.dump(found.root());
        assertTrue(left.equals(forced) || left.equals(last), "what was forced is there");
        assertEquals(List.of(), found.check(true).problems());
    }

    /** As programs for Linux do it: a new file is forced and renamed over the old one, then the directory is forced, so that the name lasts. */
    @Test
    void forcingADirectoryMakesItsNamesLast() throws Exception {
        MemoryBlockDevice durable = new MemoryBlockDevice(SIZE, 512);
        Cowfs.format(durable, 1, 2, "test", OPTIONS);
        FaultyBlockDevice disk = new FaultyBlockDevice(durable, new Random(1));
        Cowfs subject = Cowfs.mount(disk, OPTIONS);
        Vfs files = new Vfs(subject, 022);
        files.open(files.root(), "new", OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0644).sync(true);
        files.rename(files.root(), "new", files.root(), "name");
        files.open(files.root(), "/", OpenFlags.O_RDONLY | OpenFlags.O_DIRECTORY, 0).sync(true);
        disk.cutPower();
        disk.powerOn();
        Cowfs found = Cowfs.mount(disk, OPTIONS);
        assertEquals(List.of("/name"), Trees.dump(found.root()).keySet().stream().filter(path -> path.endsWith("name") || path.endsWith("new")).toList());
    }

    /** What a forced write costs: a small commit waits for the disk once, a large one twice, and none is made where nothing changed. */
    @Test
    void flushes() throws Exception {
        RecordingDevice disk = new RecordingDevice(16 << 20);
        Cowfs.format(disk, 1, 2, "test", OPTIONS);
        Cowfs subject = Cowfs.mount(disk, OPTIONS);
        FileNode file = subject.root().createFile("file", 0644);
        assertEquals(1, flushesOf(disk, subject::sync));
        file.write(0, ByteBuffer.wrap(new byte[4096]));
        assertEquals(1, flushesOf(disk, () -> file.sync(false)));
        assertEquals(0, flushesOf(disk, () -> file.sync(true)));
        assertEquals(0, flushesOf(disk, () -> file.write(0, ByteBuffer.wrap(new byte[4 << 20]))), "written, but not made to last");
        assertEquals(2, flushesOf(disk, () -> file.sync(false)));
        file.write(0, ByteBuffer.wrap(new byte[1]));
        assertEquals(2, flushesOf(disk, subject::close), "the next mount has nothing to look for");
    }

    private interface Action {
        void run() throws ErrnoException;
    }

    private static long flushesOf(RecordingDevice disk, Action action) throws ErrnoException {
        int before = disk.events.size();
        action.run();
        return disk.events.subList(before, disk.events.size()).stream().filter(RecordingDevice.Event::isFlush).count();
    }
}
