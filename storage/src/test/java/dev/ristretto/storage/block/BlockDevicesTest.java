package dev.ristretto.storage.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.host.FileBlockDevice;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All block devices keep the contract. */
class BlockDevicesTest {
    private static final int SIZE = 200 * 1024;

    @TempDir
    Path directory;

    private static byte[] read(BlockDevice device, long position, int length) throws ErrnoException {
        byte[] bytes = new byte[length];
        device.read(position, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private static void fails(Errno errno, org.junit.jupiter.api.function.Executable call) {
        assertEquals(errno, assertThrows(ErrnoException.class, call).errno());
    }

    /** Random writes, reads, zeros, flushes; compared with an array. */
    private static void keepsTheContract(BlockDevice device, long seed) throws ErrnoException {
        Random random = new Random(seed);
        byte[] expected = new byte[SIZE];
        int sector = device.sectorSize();
        for (int i = 0; i < 300; i++) {
            int position = random.nextInt(SIZE / sector) * sector;
            int length = Math.min(SIZE - position, random.nextInt(40) * sector);
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    ByteBuffer bytes = random.nextBoolean() ? ByteBuffer.allocate(length) : ByteBuffer.allocateDirect(length);
                    byte[] content = new byte[length];
                    random.nextBytes(content);
                    device.write(position, bytes.put(content).flip());
                    assertEquals(0, bytes.remaining());
                    System.arraycopy(content, 0, expected, position, length);
                }
                case 2 -> {
                    device.writeZeroes(position, length);
                    Arrays.fill(expected, position, position + length, (byte) 0);
                }
                case 3 -> device.flush();
                case 4 -> {
                    List<BlockDevice.Piece> pieces = new ArrayList<>();
                    for (int at = position; at < SIZE; at += (random.nextInt(3) + 1) * sector) { // neighbours, and such that are none
                        byte[] content = new byte[sector];
                        random.nextBytes(content);
                        System.arraycopy(content, 0, expected, at, sector);
                        pieces.add(new BlockDevice.Piece(at, ByteBuffer.wrap(content)));
                    }
                    device.writeAll(pieces);
                    assertTrue(pieces.stream().noneMatch(piece -> piece.content().hasRemaining()));
                }
                default -> assertArrayEquals(Arrays.copyOfRange(expected, position, position + length), read(device, position, length));
            }
        }
        assertArrayEquals(expected, read(device, 0, SIZE));
        fails(Errno.EINVAL, () -> read(device, 1, sector));
        fails(Errno.EINVAL, () -> read(device, 0, sector - 1));
        fails(Errno.EINVAL, () -> read(device, SIZE, sector));
        fails(Errno.EINVAL, () -> device.write(-sector, ByteBuffer.allocate(sector)));
        fails(Errno.EINVAL, () -> device.write(SIZE - sector, ByteBuffer.allocate(2 * sector)));
        fails(Errno.EINVAL, () -> device.discard(0, SIZE + sector));
        assertArrayEquals(expected, read(device, 0, SIZE), "what was refused changed nothing");
    }

    /** Neighbours are one write, of 256 KiB at most; what is longer is written as it is. */
    @Test
    void neighboursAreWrittenTogether() throws ErrnoException {
        List<Integer> lengths = new ArrayList<>();
        BlockDevice device = new ForwardingBlockDevice(new MemoryBlockDevice(4 << 20, 512)) {
            @Override
            public void write(long position, ByteBuffer source) throws ErrnoException {
                lengths.add(source.remaining());
                below.write(position, source);
            }
        };
        int[] sizes = {4096, 4096, 0, 200 << 10, 100 << 10, 512, 300 << 10, 512};
        List<BlockDevice.Piece> pieces = new ArrayList<>();
        byte[] content = new byte[1 << 20];
        new Random(1).nextBytes(content);
        int at = 0;
        for (int size : sizes) {
            pieces.add(new BlockDevice.Piece(at, ByteBuffer.wrap(content, at, size)));
            at += size;
        }
        pieces.add(new BlockDevice.Piece(at + 512, ByteBuffer.wrap(content, at + 512, 512)));
        device.writeAll(pieces);
        assertEquals(List.of((208 << 10), (100 << 10) + 512, 300 << 10, 512, 512), lengths);
        assertArrayEquals(Arrays.copyOf(content, at), read(device, 0, at));
        assertArrayEquals(Arrays.copyOfRange(content, at + 512, at + 1024), read(device, at + 512, 512));
        device.writeAll(List.of());
        assertEquals(5, lengths.size());
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void memory(@ForAll long seed) throws ErrnoException {
        keepsTheContract(new MemoryBlockDevice(SIZE, 512 << Math.floorMod(seed, 4)), seed);
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void faultyWithoutFaults(@ForAll long seed) throws ErrnoException {
        keepsTheContract(new FaultyBlockDevice(new MemoryBlockDevice(SIZE, 512), new Random(seed)), seed);
    }

    @Test
    void file() throws Exception {
        Path path = directory.resolve("disk");
        try (FileBlockDevice device = FileBlockDevice.create(path, SIZE)) {
            keepsTheContract(device, 1);
            assertThrows(FileSystemException.class, () -> FileBlockDevice.open(path, false), "in use");
        }
        assertEquals(SIZE, Files.size(path));
        assertThrows(FileSystemException.class, () -> FileBlockDevice.create(path, SIZE));
        Files.write(path, new byte[1000]);
        try (FileBlockDevice device = FileBlockDevice.open(path, true)) {
            assertEquals(512, device.size(), "half a sector is none");
            fails(Errno.EROFS, () -> device.write(0, ByteBuffer.allocate(512)));
        }
    }

    @Test
    void readOnly() {
        MemoryBlockDevice device = new MemoryBlockDevice(SIZE, 512);
        device.setReadOnly(true);
        fails(Errno.EROFS, () -> device.write(0, ByteBuffer.allocate(512)));
        fails(Errno.EROFS, () -> device.writeZeroes(0, 512));
    }

    /** After a power cut each sector has the old or one of the new contents; flushed ones have the flushed; and all of this happens. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void powerCut(@ForAll long seed) throws ErrnoException {
        FaultyBlockDevice device = new FaultyBlockDevice(new MemoryBlockDevice(8 * 512, 512), new Random(seed));
        device.write(0, ByteBuffer.wrap(filled(8, 1)));
        device.flush();
        device.write(512, ByteBuffer.wrap(filled(4, 2)));
        device.write(1024, ByteBuffer.wrap(filled(4, 3)));
        device.cutPower();
        fails(Errno.EIO, () -> read(device, 0, 512));
        fails(Errno.EIO, device::flush);
        device.powerOn();
        byte[] found = read(device, 0, 8 * 512);
        String possible = "1 12 123 123 123 13 1 1";
        StringBuilder text = new StringBuilder();
        for (int sector = 0; sector < 8; sector++) {
            byte first = found[sector * 512];
            for (int i = 0; i < 512; i++) {
                assertEquals(first, found[sector * 512 + i], "sectors are whole");
            }
            assertTrue(possible.split(" ")[sector].contains("" + first), "sector " + sector + " has " + first);
            text.append(first);
        }
        net.jqwik.api.statistics.Statistics.collect(kind(text.toString()));
        net.jqwik.api.statistics.Statistics.coverage(coverage -> {
            for (String kind : new String[] {"nothing", "everything", "torn", "reordered"}) {
                coverage.check(kind).count(n -> n > 0);
            }
        });
    }

    private static String kind(String found) {
        return found.equals("11111111") ? "nothing" : found.equals("12333311") ? "everything" : found.equals("12222311") ? "reordered" : "torn";
    }

    private static byte[] filled(int sectors, int value) {
        byte[] bytes = new byte[sectors * 512];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void faultsComeWhenAsked() throws ErrnoException {
        FaultyBlockDevice device = new FaultyBlockDevice(new MemoryBlockDevice(SIZE, 512), new Random(1));
        device.setReadErrors(1);
        fails(Errno.EIO, () -> read(device, 0, 512));
        device.setReadErrors(0);
        device.setBitFlips(1);
        int bits = 0;
        for (byte b : read(device, 0, 4096)) {
            bits += Integer.bitCount(b & 0xff);
        }
        assertEquals(1, bits);
        device.setBitFlips(0);
        device.setWriteErrors(1);
        fails(Errno.EIO, () -> device.write(0, ByteBuffer.allocate(512)));
        fails(Errno.EIO, device::flush);
        device.setWriteErrors(0);
        device.cutPowerAfter(1);
        device.write(0, ByteBuffer.allocate(512));
        fails(Errno.EIO, () -> device.write(0, ByteBuffer.allocate(512)));
    }
}
