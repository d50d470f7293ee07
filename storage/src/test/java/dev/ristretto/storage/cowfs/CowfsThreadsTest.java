package dev.ristretto.storage.cowfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.block.MemoryBlockDevice;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CowfsThreadsTest {
    private static final CowfsOptions OPTIONS = CowfsOptions.defaults(() -> 0).withMemory(256 << 10, 64 << 10);
    private static final int RECORD = 9000;
    private static final int RECORDS = 12;

    /** Records of equal bytes, written in one call each: no reader ever sees half of one, however often everything goes to the disk. */
    @Test
    void readersAndWriters() throws Exception {
        MemoryBlockDevice disk = new MemoryBlockDevice(16 << 20, 512);
        Cowfs.format(disk, 1, 2, "", OPTIONS);
        Cowfs subject = Cowfs.mount(disk, OPTIONS);
        List<FileNode> files = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            FileNode file = subject.root().createFile("file" + i, 0644);
            file.write(0, ByteBuffer.allocate(RECORD * RECORDS));
            files.add(file);
        }
        AtomicInteger writing = new AtomicInteger(3);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (FileNode file : files) {
                all.add(threads.submit(() -> {
                    try {
                        write(file);
                    } finally {
                        writing.decrementAndGet();
                    }
                    return null;
                }));
                all.add(threads.submit(() -> {
                    Random random = new Random(file.hashCode() + 99);
                    do {
                        checkRecord(file, random.nextInt(RECORDS));
                    } while (writing.get() > 0);
                    return null;
                }));
            }
            all.add(threads.submit(() -> {
                do {
                    names(subject.root());
                } while (writing.get() > 0);
                return null;
            }));
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertEquals(List.of(), subject.check(true).problems());
        subject.close();
        Cowfs again = Cowfs.mount(disk, OPTIONS);
        for (int i = 0; i < 3; i++) {
            for (int record = 0; record < RECORDS; record++) {
                checkRecord((FileNode) again.root().lookup("file" + i), record);
            }
        }
    }

    private static void write(FileNode file) throws Exception {
        Random random = new Random(file.hashCode());
        for (int i = 0; i < 300; i++) {
            byte[] record = new byte[RECORD];
            java.util.Arrays.fill(record, (byte) i);
            file.write((long) random.nextInt(RECORDS) * RECORD, ByteBuffer.wrap(record));
            if (i % 20 == 0) {
                file.sync(false);
            }
        }
    }

    private static void checkRecord(FileNode file, int record) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(RECORD);
        assertEquals(RECORD, file.read((long) record * RECORD, buffer));
        byte[] bytes = buffer.array();
        for (byte b : bytes) {
            assertEquals(bytes[0], b, "a record in two minds");
        }
    }

    private static void names(DirectoryNode root) throws Exception {
        DirectoryNode directory = root.createDirectory("d", 0755);
        for (int i = 0; i < 50; i++) {
            directory.createFile("a" + i, 0644);
        }
        directory.rename("a0", root, "moved");
        int count = 0;
        var cursor = directory.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            directory.unlink(name);
            count++;
        }
        assertEquals(49, count);
        root.unlink("moved");
        root.removeDirectory("d");
    }

    /** Threads that sync at the same time share commits. */
    @Test
    void commitsAreShared() throws Exception {
        MemoryBlockDevice disk = new MemoryBlockDevice(4 << 20, 512);
        Cowfs.format(disk, 1, 2, "", OPTIONS);
        Cowfs subject = Cowfs.mount(disk, OPTIONS);
        FileNode file = subject.root().createFile("a", 0644);
        long before = subject.generation();
        subject.volume.changes.lock();
        List<Thread> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                waiting.add(Thread.startVirtualThread(() -> {
                    try {
                        subject.sync();
                    } catch (dev.ristretto.storage.ErrnoException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            while (subject.volume.changes.getQueueLength() < 8) {
                Thread.onSpinWait();
            }
        } finally {
            subject.volume.changes.unlock();
        }
        for (Thread thread : waiting) {
            thread.join();
        }
        assertEquals(before + 1, subject.generation());
        assertTrue(file.attributes().links() == 1);
    }
}
