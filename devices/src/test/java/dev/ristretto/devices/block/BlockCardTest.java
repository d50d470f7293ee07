package dev.ristretto.devices.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Clock;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice.Piece;
import dev.ristretto.storage.cowfs.Cowfs;
import dev.ristretto.storage.cowfs.CowfsOptions;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class BlockCardTest {
    private static final int MIB = 1 << 20;

    @Test
    void whatTheDeviceSaysOfItself() {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL, 8 * MIB, 4096, 64);
        assertEquals(4096, disk.card.sectorSize());
        assertEquals(8 * MIB, disk.card.size());
        assertTrue(disk.card.isReadOnly());
        assertEquals(List.of(), disk.log);
        ModelDisk plain = new ModelDisk(0, 3 * MIB + 512);
        assertEquals(512, plain.card.sectorSize());
        assertEquals(3 * MIB + 512, plain.card.size());
        assertFalse(plain.card.isReadOnly());
    }

    @ParameterizedTest
    @CsvSource({"-1, 64", "0, 64", "0, 4", "0x30000000, 2", "0x20000000, 128"})
    void whatWasWrittenIsRead(String features, int queueSize) throws ErrnoException {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY & Long.decode(features), 4 * MIB, 512, queueSize);
        Random random = new Random(1);
        byte[] expected = new byte[4 * MIB];
        for (int i = 0; i < 60; i++) {
            int position = random.nextInt(4 * MIB / 512) * 512;
            int length = Math.min(4 * MIB - position, random.nextInt(i % 5 == 0 ? 4000 : 20) * 512);
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            ByteBuffer source = i % 2 == 0 ? ByteBuffer.wrap(bytes) : ByteBuffer.allocateDirect(length).put(bytes).flip();
            disk.card.write(position, source);
            assertEquals(0, source.remaining());
            System.arraycopy(bytes, 0, expected, position, length);
            ByteBuffer destination = i % 3 == 0 ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length + 8).position(8).slice();
            disk.card.read(position, destination);
            assertEquals(0, destination.remaining());
            byte[] read = new byte[length];
            destination.flip().get(read);
            assertArrayEquals(bytes, read);
        }
        assertArrayEquals(expected, disk.content);
        assertEquals(List.of(), disk.log);
    }

    @Test
    void longTransfersAreSeveralRequestsInFlightTogether() throws ErrnoException {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY & ~DiskLimits.SIZE_MAX, MIB);
        int before = disk.model.notified[0];
        disk.card.write(0, ByteBuffer.allocate(512 << 10));
        assertEquals(8, disk.requests.size());
        assertTrue(disk.requests.stream().allMatch(request -> request.bytes() == 64 << 10));
        assertEquals(before + 1, disk.model.notified[0], "shown together");
    }

    @Test
    void piecesAreInFlightTogetherAndNeighboursAreOneRequest() throws ErrnoException {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY & ~DiskLimits.SIZE_MAX, MIB);
        byte[] expected = new byte[MIB];
        List<Piece> pieces = new ArrayList<>();
        Random random = new Random(1);
        for (int at : new int[] {0, 4096, 8192, 20480, 40960, 45056, 65536, 69632}) {
            byte[] bytes = new byte[at == 69632 ? 70 << 10 : at == 40960 ? 0 : 4096];
            random.nextBytes(bytes);
            System.arraycopy(bytes, 0, expected, at, bytes.length);
            pieces.add(new Piece(at, pieces.size() % 2 == 0 ? ByteBuffer.wrap(bytes) : ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()));
        }
        int before = disk.model.notified[0];
        disk.card.writeAll(pieces);
        assertEquals(List.of(12288, 4096, 4096, 64 << 10, 10 << 10), disk.requests.stream().sorted(Comparator.comparingLong(ModelDisk.Request::unit))
                .map(ModelDisk.Request::bytes).toList());
        assertEquals(before + 1, disk.model.notified[0], "shown together");
        assertTrue(pieces.stream().noneMatch(piece -> piece.content().hasRemaining()));
        assertArrayEquals(expected, disk.content);
        disk.card.writeAll(List.of());
        assertEquals(Errno.EINVAL, assertThrows(ErrnoException.class,
                () -> disk.card.writeAll(List.of(new Piece(0, ByteBuffer.allocate(512)), new Piece(MIB, ByteBuffer.allocate(512))))).errno());
        assertEquals(5, disk.requests.size(), "all or nothing is asked of the device");
    }

    @Test
    void noRequestIsLongerThanTheDeviceTakes() throws ErrnoException {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY, MIB, 4096, 64);
        disk.card.write(0, ByteBuffer.allocate(MIB));
        assertTrue(disk.requests.stream().allMatch(request -> request.bytes() <= 20480 && request.bytes() % 4096 == 0));
        assertEquals(52, disk.requests.size());
    }

    @Test
    void rangesOutsideAndInPartsOfSectorsAreRefused() {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY, MIB, 4096, 64);
        for (long[] range : new long[][] {{-4096, 4096}, {MIB, 4096}, {MIB - 4096, 8192}, {512, 4096}, {0, 512}, {Long.MAX_VALUE - 4095, 4096}}) {
            ByteBuffer buffer = ByteBuffer.allocate((int) range[1]);
            assertEquals(Errno.EINVAL, assertThrows(ErrnoException.class, () -> disk.card.read(range[0], buffer)).errno());
            assertEquals(Errno.EINVAL, assertThrows(ErrnoException.class, () -> disk.card.write(range[0], buffer)).errno());
            assertEquals(Errno.EINVAL, assertThrows(ErrnoException.class, () -> disk.card.discard(range[0], range[1])).errno());
            assertEquals(Errno.EINVAL, assertThrows(ErrnoException.class, () -> disk.card.writeZeroes(range[0], range[1])).errno());
        }
        assertEquals(List.of(), disk.requests);
    }

    @Test
    void aReadOnlyDiskRefusesChanges() throws ErrnoException {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL, MIB);
        disk.card.read(0, ByteBuffer.allocate(4096));
        assertEquals(Errno.EROFS, assertThrows(ErrnoException.class, () -> disk.card.write(0, ByteBuffer.allocate(512))).errno());
        assertEquals(Errno.EROFS, assertThrows(ErrnoException.class, () -> disk.card.discard(0, 512)).errno());
        assertEquals(Errno.EROFS, assertThrows(ErrnoException.class, () -> disk.card.writeZeroes(0, 512)).errno());
        disk.card.flush();
        assertTrue(disk.requests.stream().allMatch(request -> request.type() == RequestQueue.READ));
    }

    @Test
    void flushingAndRanges() throws ErrnoException {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY, MIB);
        Arrays.fill(disk.content, (byte) 1);
        disk.card.flush();
        disk.card.writeZeroes(512, 100 * 512);
        disk.card.discard(512 * 512, 20 * 512);
        byte[] expected = new byte[MIB];
        Arrays.fill(expected, (byte) 1);
        Arrays.fill(expected, 512, 101 * 512, (byte) 0);
        Arrays.fill(expected, 512 * 512, 532 * 512, (byte) 0xDD);
        assertArrayEquals(expected, disk.content);
        assertEquals(List.of(RequestQueue.FLUSH, 13, 13, 13, 13, 13, 11, 11), disk.requests.stream().map(ModelDisk.Request::type).toList());
    }

    @Test
    void whatTheDeviceCannotIsDoneOtherwise() throws ErrnoException {
        for (boolean offers : new boolean[] {true, false}) {
            ModelDisk disk = new ModelDisk(offers ? DiskLimits.DISCARD | DiskLimits.WRITE_ZEROES : 0, MIB);
            Arrays.fill(disk.content, (byte) 1);
            disk.status = RequestQueue.UNSUPPORTED;
            disk.sparedType = RequestQueue.WRITE;
            disk.card.writeZeroes(512, 300 * 512);
            disk.card.discard(0, 512);
            disk.card.flush();
            assertEquals(1, disk.content[511]);
            assertEquals(0, disk.content[512]);
            assertEquals(0, disk.content[301 * 512 - 1]);
            assertEquals(1, disk.content[301 * 512]);
            assertEquals(offers ? 1 : 0, disk.requests.stream().filter(request -> request.type() == RequestQueue.DISCARD).count());
        }
    }

    @Test
    void errorsAreTheCallersAndTheNextCallIsFine() throws ErrnoException {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY, MIB);
        for (int status : new int[] {RequestQueue.IO_ERROR, RequestQueue.UNSUPPORTED}) {
            disk.status = status;
            assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> disk.card.read(0, ByteBuffer.allocate(MIB))).errno());
            assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> disk.card.write(0, ByteBuffer.allocate(MIB))).errno());
            assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> disk.card.flush()).errno());
            disk.status = RequestQueue.OK;
            disk.card.write(0, ByteBuffer.allocate(MIB));
            disk.card.flush();
        }
        assertEquals(List.of(), disk.log);
        assertFalse(disk.card.isStopped());
    }

    @Test
    void manyThreadsAtATime() throws Exception {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY, 8 * MIB);
        try (ExecutorService threads = Executors.newFixedThreadPool(24)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 24; t++) {
                int base = t * (256 << 10);
                Random random = new Random(t);
                all.add(threads.submit(() -> {
                    for (int i = 0; i < 40; i++) {
                        byte[] bytes = new byte[512 * (1 + random.nextInt(512))];
                        random.nextBytes(bytes);
                        disk.card.write(base, ByteBuffer.wrap(bytes));
                        ByteBuffer read = ByteBuffer.allocate(bytes.length);
                        disk.card.read(base, read);
                        assertArrayEquals(bytes, read.array());
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertEquals(List.of(), disk.log);
    }

    @Test
    void aFileSystemStandsOnIt() throws Exception {
        Clock clock = () -> 1;
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY, 4 * MIB);
        Cowfs.format(disk.card, 1, 2, "test", CowfsOptions.defaults(clock));
        Cowfs fileSystem = Cowfs.mount(disk.card, CowfsOptions.defaults(clock).withDiscard());
        fileSystem.sync();
        fileSystem.close();
        Cowfs again = Cowfs.mount(disk.card, CowfsOptions.defaults(clock).forReading());
        assertEquals("test", again.label());
        assertTrue(again.check(true).problems().isEmpty());
    }

    @Test
    void theDiskGrowsAndShrinks() throws Exception {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY, 4 * MIB, 512, ModelDisk.configuration(MIB, 512));
        assertEquals(MIB, disk.card.size());
        for (int units : new int[] {8192, 1024, 0, 4096}) {
            disk.model.configure(0, units & 0xFF, units >> 8, 0, 0);
            await(() -> disk.card.size() == units * 512L);
        }
        disk.card.read(2 * MIB - 512, ByteBuffer.allocate(512));
        assertThrows(ErrnoException.class, () -> disk.card.read(2 * MIB, ByteBuffer.allocate(512)));
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) {
        while (!condition.holds()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aLostInterruptIsNotTheEnd() throws ErrnoException {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY, MIB);
        disk.model.raiseQueue = () -> { };
        disk.card.write(0, ByteBuffer.allocate(4096));
        disk.card.flush();
        assertEquals(2, disk.requests.size());
    }

    @Test
    void aCallerThatIsInterruptedGetsItsAnswerAllTheSame() throws Exception {
        ModelDisk disk = new ModelDisk(ModelDisk.ALL & ~DiskLimits.READ_ONLY, MIB);
        Arrays.fill(disk.content, (byte) 5);
        disk.works = false;
        CountDownLatch done = new CountDownLatch(1);
        ByteBuffer buffer = ByteBuffer.allocate(MIB);
        boolean[] interrupted = new boolean[1];
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                Thread.currentThread().interrupt();
                disk.card.read(0, buffer);
                interrupted[0] = Thread.currentThread().isInterrupted();
                done.countDown();
            } catch (ErrnoException e) {
                throw new IllegalStateException(e);
            }
        });
        await(() -> disk.model.queues[0].waiting() > 0);
        thread.interrupt();
        disk.works = true;
        disk.work();
        done.await();
        assertTrue(interrupted[0]);
        assertEquals(5, buffer.get(MIB - 1));
    }

    @Test
    void devicesThatCannotBeUsed() {
        for (int sector : new int[] {0, 1, 256, 513, 8192, -512, Integer.MIN_VALUE}) {
            ModelDisk disk = new ModelDisk(ModelDisk.ALL, MIB, 64, ModelDisk.configuration(MIB, sector));
            assertNull(disk.card);
            assertEquals(1, disk.log.size());
            assertTrue(disk.log.getFirst().contains("has sectors of "), disk.log.getFirst());
        }
        byte[] narrow = ModelDisk.configuration(MIB, 4096);
        Arrays.fill(narrow, 8, 12, (byte) 0);
        narrow[9] = 8; // 2048
        ModelDisk disk = new ModelDisk(ModelDisk.ALL, MIB, 64, narrow);
        assertNull(disk.card);
        assertTrue(disk.log.getFirst().contains("takes only 2048 bytes at a time"), disk.log.getFirst());
        ModelDisk shortQueue = new ModelDisk(0, MIB, 512, 2);
        assertNull(shortQueue.card);
        assertTrue(shortQueue.log.getFirst().contains("queue is too short"), shortQueue.log.getFirst());
        ModelDisk noQueue = new ModelDisk(0, MIB, 512, 0);
        assertNull(noQueue.card);
        assertTrue(noQueue.log.getFirst().contains("has no queue 0"), noQueue.log.getFirst());
    }

    /** Whatever the configuration says, the disk is refused or has a size and a sector size that the contract allows. */
    @Property(tries = 200)
    void anyConfiguration(@ForAll Random random) {
        byte[] configuration = new byte[random.nextInt(4) == 0 ? random.nextInt(60) : 60];
        random.nextBytes(configuration);
        if (configuration.length > 24 && random.nextBoolean()) {
            Arrays.fill(configuration, 20, 24, (byte) 0);
            configuration[21] = (byte) (1 << random.nextInt(8));
        }
        ModelDisk disk = new ModelDisk(random.nextLong() & ModelDisk.ALL, MIB, 64, configuration);
        if (disk.card == null) {
            assertEquals(1, disk.log.size());
        } else {
            assertNotNull(disk.card);
            int sector = disk.card.sectorSize();
            assertTrue(sector >= 512 && sector <= 4096 && Integer.bitCount(sector) == 1);
            assertTrue(disk.card.size() >= 0 && disk.card.size() % sector == 0);
            assertFalse(disk.card.isStopped());
        }
    }
}
