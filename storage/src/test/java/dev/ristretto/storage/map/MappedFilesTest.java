package dev.ristretto.storage.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.tmpfs.Tmpfs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MappedFilesTest {
    private static final int PAGE = MapMemory.PAGE_SIZE;
    private static final int CHUNK = MapMemory.CHUNK_SIZE;

    private final CountedMemory memory = new CountedMemory();
    private final MappedFiles maps = new MappedFiles(memory, new Random(1)::nextBytes);
    private final Tmpfs fileSystem = new Tmpfs(64 << 20, 100, () -> 0);
    private WatchedFile file;

    @BeforeEach
    void makeFile() throws ErrnoException {
        file = new WatchedFile((FileNode) fileSystem.root().createFile("f", 0644));
    }

    @AfterEach
    void nothingIsLeft() {
        assertEquals(0, memory.pages(), "pages");
        assertEquals(0, memory.ranges(), "ranges of addresses");
        assertEquals(0, file.holds.get(), "holds");
    }

    private void write(long position, String text) throws ErrnoException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(text.length(), maps.write(file, position, bytes));
        assertFalse(bytes.hasRemaining());
    }

    private String read(long position, int length) throws ErrnoException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        assertEquals(bytes.position(), maps.read(file, position, bytes), bytes.position());
        return text(bytes.flip());
    }

    private String inFile(long position, int length) throws ErrnoException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        file.read(position, bytes);
        return text(bytes.flip());
    }

    private String inMap(long address, int length) {
        return text(memory.at(address).limit(length));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }

    private void store(long address, String text) {
        memory.at(address).put(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Errno failure(org.junit.jupiter.api.function.Executable code) {
        return assertThrows(ErrnoException.class, code).errno();
    }

    @Test
    void whatIsStoredIsReadAtOnceAndInTheFileWhenForced() throws ErrnoException {
        write(0, "0123456789");
        long map = maps.map(file, 0, 10, true);
        assertEquals("0123456789\0", inMap(map, 11));
        store(map + 3, "abc");
        assertEquals("012abc6789", read(0, 100));
        assertEquals("0123456789", inFile(0, 100));
        maps.force(map, 10);
        assertEquals("012abc6789", inFile(0, 100));
        assertEquals(1, file.syncs);
        assertTrue(maps.unmap(map, 10));
        assertFalse(maps.unmap(map, 10), "is no map any more");
    }

    @Test
    void unmappingWritesBack() throws ErrnoException {
        maps.truncate(file, 3L * PAGE);
        long map = maps.map(file, PAGE, 2 * PAGE, true);
        store(map + PAGE, "x");
        maps.unmap(map, 2 * PAGE);
        assertEquals("x", inFile(2 * PAGE, 1));
        assertEquals(3 * PAGE, file.size());
        assertEquals(PAGE, file.bytesWritten.get(), "one page");
    }

    @Test
    void onlyWhatWasChangedIsWritten() throws ErrnoException {
        maps.truncate(file, 100L * PAGE);
        long map = maps.map(file, 0, 100 * PAGE, true);
        maps.force(map, 100 * PAGE);
        assertEquals(0, file.bytesWritten.get());
        store(map + 7 * PAGE + 5, "x");
        store(map + 99 * PAGE, "y");
        maps.force(map, 99 * PAGE);
        assertEquals(PAGE, file.bytesWritten.get());
        maps.sync(file, false);
        assertEquals(2 * PAGE, file.bytesWritten.get());
        store(map + 7 * PAGE + 5, "\0");
        maps.writeBack(fileSystem);
        assertEquals(3 * PAGE, file.bytesWritten.get(), "changed back is changed too");
        maps.unmap(map, 100 * PAGE);
        assertEquals(3 * PAGE, file.bytesWritten.get());
    }

    @Test
    void readersWriteNothingAndNeedNoHashes() throws ErrnoException {
        MappedFiles unhashed = new MappedFiles(memory, bytes -> {
            throw new AssertionError("a key is drawn");
        });
        write(0, "abc");
        file.bytesWritten.set(0);
        long map = unhashed.map(file, 0, 3, false);
        unhashed.write(file, 1, ByteBuffer.wrap(new byte[] {'x'}));
        assertEquals("axc", inMap(map, 3));
        unhashed.truncate(file, 2);
        assertEquals("ax\0", inMap(map, 3));
        unhashed.writeBack(fileSystem);
        unhashed.unmap(map, 3);
        assertEquals(1, file.bytesWritten.get());
    }

    @Test
    void writesAreSeenByMapsAndNotUndone() throws ErrnoException {
        write(0, "a".repeat(2 * PAGE));
        long map = maps.map(file, 0, 2 * PAGE, true);
        write(PAGE - 2, "1234");
        assertEquals("a1234a", inMap(map + PAGE - 3, 6));
        store(map + PAGE, "S");
        assertEquals("a12S4a", read(PAGE - 3, 6));
        write(PAGE + 1, "W");
        maps.unmap(map, 2 * PAGE);
        assertEquals("a12SWa", inFile(PAGE - 3, 6));
    }

    @Test
    void aStoreWhileAPageIsWrittenIsFoundTheNextTime() throws ErrnoException {
        maps.truncate(file, PAGE);
        long map = maps.map(file, 0, PAGE, true);
        store(map, "first");
        file.duringWrite = () -> store(map + 2, "X");
        maps.force(map, PAGE);
        assertEquals("first", inFile(0, 5), "what was copied");
        maps.force(map, PAGE);
        assertEquals("fiXst", inFile(0, 5));
        maps.unmap(map, PAGE);
    }

    @Test
    void overlappingMapsShareMemory() throws ErrnoException {
        write(0, "a".repeat(4 * PAGE));
        long left = maps.map(file, 0, 2 * PAGE, false);
        long right = maps.map(file, PAGE, 3 * PAGE, true);
        assertEquals(left + PAGE, right);
        assertEquals(4, memory.pages());
        store(right, "shared");
        assertEquals("shared", inMap(left + PAGE, 6));
        maps.unmap(left, 2 * PAGE);
        assertEquals(3, memory.pages());
        maps.unmap(right, 3 * PAGE);
        assertEquals("shared", inFile(PAGE, 6));
    }

    @Test
    void twoMapsOfOneRangeInEitherOrder() throws ErrnoException {
        write(0, "0123456789");
        long writable = maps.map(file, 0, 10, true);
        long readable = maps.map(file, 0, 10, false);
        assertEquals(writable, readable);
        maps.unmap(readable, 10);
        store(writable, "stored");
        maps.unmap(writable, 10);
        assertEquals("stored6789", inFile(0, 10));
        writable = maps.map(file, 0, 10, true);
        readable = maps.map(file, 0, 10, false);
        store(writable, "before");
        maps.unmap(writable, 10);
        assertEquals("before6789", inFile(0, 10), "is in the file although another map goes on");
        assertEquals("before6789", inMap(readable, 10));
        maps.unmap(readable, 10);
    }

    @Test
    void mapsAcrossChunks() throws ErrnoException {
        maps.truncate(file, 3L * CHUNK);
        long map = maps.map(file, 0, 3L * CHUNK, true);
        store(map + CHUNK - 1, "x");
        store(map + CHUNK, "y");
        assertEquals("xy", read(CHUNK - 1, 2));
        write(CHUNK - 1, "zzz");
        assertEquals("z", inMap(map + CHUNK - 1, 1));
        assertEquals("zz\0", inMap(map + CHUNK, 3));
        maps.force(map + CHUNK - PAGE, 2 * PAGE);
        assertEquals("zzz", inFile(CHUNK - 1, 3));
        maps.unmap(map, 3L * CHUNK);
    }

    @Test
    void readsGoByMemoryAndFileInTurn() throws ErrnoException {
        write(0, "abcdefg".repeat(PAGE));
        long second = maps.map(file, PAGE, PAGE, true);
        long fourth = maps.map(file, 3 * PAGE, PAGE, true);
        store(second, "X".repeat(PAGE));
        store(fourth, "Y".repeat(PAGE));
        String expected = "abcdefg".repeat(PAGE);
        expected = expected.substring(0, PAGE) + "X".repeat(PAGE) + expected.substring(2 * PAGE, 3 * PAGE) + "Y".repeat(PAGE) + expected.substring(4 * PAGE);
        assertEquals(expected, read(0, 8 * PAGE));
        assertEquals(expected.substring(100, 3 * PAGE + 5), read(100, 3 * PAGE - 95));
        maps.unmap(second, PAGE);
        maps.unmap(fourth, PAGE);
        assertEquals(expected, inFile(0, 8 * PAGE));
    }

    @Test
    void whatIsBeyondTheEndStaysOutsideAndIsZeroWhenTheFileGrows() throws ErrnoException {
        write(0, "a".repeat(2 * PAGE));
        long map = maps.map(file, 0, 2 * PAGE, true);
        maps.truncate(file, 10);
        assertEquals("aa\0\0", inMap(map + 8, 4));
        assertEquals("\0", inMap(map + PAGE, 1));
        store(map + 8, "xxxx");
        store(map + PAGE + 7, "y");
        maps.force(map, 2 * PAGE);
        assertEquals(10, file.size());
        assertEquals("aaxx", read(6, 100));
        maps.truncate(file, PAGE + 100);
        assertEquals("aaxx\0\0", inMap(map + 6, 6));
        assertEquals("\0", inMap(map + PAGE + 7, 1));
        write(2 * PAGE - 1, "end");
        store(map + 12, "z");
        maps.unmap(map, 2 * PAGE);
        assertEquals("aaxx\0\0z", inFile(6, 7));
        assertEquals("\0end", inFile(2 * PAGE - 2, 10));
    }

    @Test
    void holesStayHoles() throws ErrnoException {
        maps.truncate(file, 10L * PAGE);
        long map = maps.map(file, 0, 10 * PAGE, true);
        maps.truncate(file, 5L * PAGE);
        maps.truncate(file, 10L * PAGE);
        maps.unmap(map, 10 * PAGE);
        assertEquals(0, file.attributes().allocatedBytes());
    }

    @Test
    void whatCannotBeWrittenBackStaysAndIsTriedAgain() throws ErrnoException {
        maps.truncate(file, 3L * PAGE);
        long map = maps.map(file, 0, 3 * PAGE, true);
        store(map, "a".repeat(3 * PAGE));
        file.room = PAGE + 10;
        assertEquals(Errno.ENOSPC, failure(() -> maps.force(map, 3 * PAGE)));
        store(map + PAGE, "\0".repeat(PAGE));
        maps.unmap(map, 3 * PAGE);
        assertEquals(3, memory.pages());
        assertEquals("a\0\0", read(PAGE - 1, 3));
        assertEquals("a", read(3 * PAGE - 1, 3));
        assertEquals(Errno.ENOSPC, failure(() -> maps.writeBack(fileSystem)));
        file.room = Integer.MAX_VALUE;
        maps.writeBack(fileSystem);
        assertEquals(0, memory.pages());
        assertEquals("a" + "\0".repeat(PAGE) + "a", inFile(PAGE - 1, PAGE + 2), "also of the page that was written in part");
    }

    @Test
    void aFileWithUnsavedChangesIsSavedWhenAnotherIsMapped() throws ErrnoException {
        maps.truncate(file, PAGE);
        long map = maps.map(file, 0, PAGE, true);
        store(map, "a");
        file.room = 0;
        maps.unmap(map, PAGE);
        file.room = Integer.MAX_VALUE;
        FileNode other = (FileNode) fileSystem.root().createFile("g", 0644);
        maps.unmap(maps.map(other, 0, 1, false), 1);
        assertEquals("a", inFile(0, 1));
    }

    @Test
    void withoutMemoryNothingIsMapped() throws ErrnoException {
        maps.truncate(file, 10L * PAGE);
        long map = maps.map(file, 2 * PAGE, PAGE, true);
        memory.limit = 6;
        assertEquals(Errno.ENOMEM, failure(() -> maps.map(file, 0, 10 * PAGE, true)));
        assertEquals(1, memory.pages());
        memory.tellsAll = true;
        assertEquals(Errno.ENOMEM, failure(() -> maps.map(file, 0, 7 * PAGE + 1, true)));
        maps.unmap(maps.map(file, 0, 6 * PAGE, true), 6 * PAGE);
        store(map, "a");
        maps.unmap(map, PAGE);
        assertEquals("a", inFile(2 * PAGE, 1));
        assertEquals(Errno.ENOMEM, failure(() -> maps.map(file, 0, 10 * PAGE, false)));
        assertEquals(Errno.ENOMEM, failure(() -> new MappedFiles(MapMemory.NONE, null).map(file, 0, PAGE, false)));
    }

    @Test
    void aFileThatCannotBeReadIsNotMapped() throws ErrnoException {
        maps.truncate(file, PAGE);
        file.unreadable = true;
        assertEquals(Errno.EIO, failure(() -> maps.map(file, 0, PAGE, true)));
    }

    @Test
    void whatCannotBeReadBackIsNotOverwritten() throws ErrnoException {
        write(0, "old old old");
        long map = maps.map(file, 0, 11, true);
        file.unreadable = true;
        assertEquals(Errno.EIO, failure(() -> maps.write(file, 4, ByteBuffer.wrap("new".getBytes(StandardCharsets.ISO_8859_1)))));
        file.unreadable = false;
        maps.unmap(map, 11);
        assertEquals("old new old", inFile(0, 11));
    }

    @Test
    void growingMapsFindRoomOrAreRefused() throws ErrnoException {
        maps.truncate(file, PAGE);
        long small = maps.map(file, 0, PAGE, true);
        maps.truncate(file, 8L << 20);
        long large = maps.map(file, 0, 8 << 20, true);
        assertEquals(small, large);
        maps.truncate(file, 40L << 20);
        assertEquals(Errno.EBUSY, failure(() -> maps.map(file, 0, 40 << 20, true)));
        maps.unmap(small, PAGE);
        maps.unmap(large, 8 << 20);
        long huge = maps.map(file, 0, 40 << 20, true);
        long beside = maps.map(file, 30 << 20, PAGE, true);
        assertEquals(huge + (30 << 20), beside);
        maps.unmap(huge, 40 << 20);
        maps.unmap(beside, PAGE);
    }

    @Test
    void farPartsOfSparseFiles() throws ErrnoException {
        maps.truncate(file, 1L << 50);
        long position = (1L << 50) - 3 * PAGE;
        long far = maps.map(file, position, 3 * PAGE, true);
        long near = maps.map(file, 0, PAGE, true);
        store(far + 2 * PAGE, "far");
        store(near, "near");
        assertEquals("far", read(position + 2 * PAGE, 3));
        maps.unmap(near, PAGE);
        maps.unmap(far, 3 * PAGE);
        assertEquals("far", inFile(position + 2 * PAGE, 3));
        assertEquals("near", inFile(0, 4));
        assertEquals(Errno.EOVERFLOW, failure(() -> maps.map(file, Long.MAX_VALUE / PAGE * PAGE, 1, true)));
        assertEquals(Errno.EINVAL, failure(() -> maps.map(file, 1, 1, true)));
    }

    @Test
    void appendingGoesToMapsToo() throws ErrnoException {
        write(0, "abc");
        long map = maps.map(file, 0, PAGE, true);
        store(map + 3, "lost");
        assertEquals(5, maps.append(file, ByteBuffer.wrap(new byte[] {'d', 'e'})));
        assertEquals("abcde\0\0", inMap(map, 7));
        maps.unmap(map, PAGE);
        assertEquals("abcde", inFile(0, 10));
    }

    /** What threads store while others write back is in the end what the file has. */
    @Test
    void storesAreNotLostWhileOthersWriteBack() throws Exception {
        int size = 20 * PAGE;
        maps.truncate(file, size);
        long map = maps.map(file, 0, size, true);
        AtomicBoolean done = new AtomicBoolean();
        Thread saver = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                try {
                    maps.writeBack(fileSystem);
                    maps.read(file, 0, ByteBuffer.allocate(size));
                } catch (ErrnoException e) {
                    throw new AssertionError(e);
                }
            }
        });
        ByteBuffer memoryOfMap = memory.at(map);
        Random random = new Random(5);
        byte[] expected = new byte[size];
        for (int i = 0; i < 200_000; i++) {
            int at = random.nextInt(size);
            expected[at] = (byte) i;
            memoryOfMap.put(at, (byte) i);
        }
        done.set(true);
        saver.join();
        maps.unmap(map, size);
        ByteBuffer found = ByteBuffer.allocate(size);
        file.read(0, found);
        assertArrayEquals(expected, found.array());
    }

    /** A file that becomes mapped while somebody writes to it is mapped as it is afterwards. */
    @Test
    void mapsThatComeWhileSomebodyWrites() throws Exception {
        maps.truncate(file, PAGE);
        for (int round = 1; round <= 2000; round++) {
            byte value = (byte) round;
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    maps.write(file, 5, ByteBuffer.wrap(new byte[] {value}));
                } catch (ErrnoException e) {
                    throw new AssertionError(e);
                }
            });
            long map = maps.map(file, 0, PAGE, true);
            writer.join();
            assertEquals(value, memory.at(map).get(5));
            maps.unmap(map, PAGE);
            ByteBuffer found = ByteBuffer.allocate(6);
            file.read(0, found);
            assertEquals(value, found.get(5));
        }
    }
}
