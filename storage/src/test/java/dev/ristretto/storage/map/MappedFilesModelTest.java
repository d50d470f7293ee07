package dev.ristretto.storage.map;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.MemoryBlockDevice;
import dev.ristretto.storage.cowfs.Cowfs;
import dev.ristretto.storage.cowfs.CowfsException;
import dev.ristretto.storage.cowfs.CowfsOptions;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.tmpfs.Tmpfs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Long random use of one file by maps and by calls, beside an array: both ways show the same after each step, and so does the file in the end. */
class MappedFilesModelTest {
    private static final int PAGE = MapMemory.PAGE_SIZE;
    private static final int LARGEST = 12 * PAGE;
    private static final int STEPS = 200;

    private record Live(long address, int position, int length, boolean writable) {
    }

    @Property(tries = 40)
    void inMemory(@ForAll long seed) throws ErrnoException {
        run(seed, new Tmpfs(64 << 20, 100, () -> 0));
    }

    @Property(tries = 20)
    void onADisk(@ForAll long seed) throws ErrnoException, CowfsException {
        MemoryBlockDevice disk = new MemoryBlockDevice(new byte[4 << 20]);
        CowfsOptions options = CowfsOptions.defaults(() -> 0);
        Cowfs.format(disk, 1, 2, "", options);
        Cowfs fileSystem = Cowfs.mount(disk, options);
        run(seed, fileSystem);
        assertEquals(List.of(), fileSystem.check(true).problems());
    }

    private void run(long seed, FileSystem fileSystem) throws ErrnoException {
        Random random = new Random(seed);
        CountedMemory memory = new CountedMemory();
        MappedFiles maps = new MappedFiles(memory, random::nextBytes);
        fileSystem.root().createFile("f", 0644);
        List<Live> live = new ArrayList<>();
        byte[] model = new byte[0];
        for (int step = 0; step < STEPS; step++) {
            // Found anew each time, as a program does that opens it by its name.
            FileNode file = (FileNode) fileSystem.root().lookup("f");
            switch (random.nextInt(10)) {
                case 0, 1 -> {
                    int position = random.nextInt(10) * PAGE;
                    int length = 1 + random.nextInt(4 * PAGE);
                    boolean writable = random.nextBoolean();
                    live.add(new Live(maps.map(file, position, length, writable), position, length, writable));
                }
                case 2 -> {
                    if (!live.isEmpty()) {
                        Live map = live.remove(random.nextInt(live.size()));
                        maps.unmap(map.address, map.length);
                    }
                }
                case 3, 4, 5 -> {
                    if (!live.isEmpty()) {
                        Live map = live.get(random.nextInt(live.size()));
                        int at = random.nextInt(map.length);
                        byte[] bytes = some(random, Math.min(map.length - at, PAGE));
                        if (map.writable) {
                            memory.at(map.address + at).put(bytes);
                            int inside = Math.clamp(model.length - map.position - at, 0, bytes.length);
                            System.arraycopy(bytes, 0, model, inside == 0 ? 0 : map.position + at, inside);
                        }
                    }
                }
                case 6, 7 -> {
                    byte[] bytes = some(random, 3 * PAGE);
                    int position = random.nextInt(5) == 0 ? model.length : random.nextInt(9 * PAGE);
                    if (position + bytes.length <= LARGEST) {
                        model = Arrays.copyOf(model, Math.max(model.length, position + bytes.length));
                        System.arraycopy(bytes, 0, model, position, bytes.length);
                        if (position + bytes.length == model.length && file.size() == position) {
                            maps.append(file, ByteBuffer.wrap(bytes));
                        } else {
                            maps.write(file, position, ByteBuffer.wrap(bytes));
                        }
                    }
                }
                case 8 -> {
                    int size = random.nextInt(3) == 0 ? random.nextInt(12) * PAGE : random.nextInt(LARGEST);
                    model = Arrays.copyOf(model, size);
                    maps.truncate(file, size);
                }
                default -> {
                    maps.sync(file, true);
                    ByteBuffer found = ByteBuffer.allocate(LARGEST + 1);
                    file.read(0, found);
                    assertArrayEquals(model, Arrays.copyOf(found.array(), found.position()), "in the file, step " + step + " of " + seed);
                }
            }
            compare(maps, file, memory, live, model, "step " + step + " of " + seed);
        }
        for (Live map : live) {
            maps.unmap(map.address, map.length);
        }
        assertEquals(0, memory.pages() + memory.ranges());
        ByteBuffer found = ByteBuffer.allocate(LARGEST + 1);
        ((FileNode) fileSystem.root().lookup("f")).read(0, found);
        assertArrayEquals(model, Arrays.copyOf(found.array(), found.position()), "in the end of " + seed);
    }

    private static byte[] some(Random random, int most) {
        byte[] bytes = new byte[1 + random.nextInt(most)];
        if (random.nextInt(4) > 0) {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    private static void compare(MappedFiles maps, FileNode file, CountedMemory memory, List<Live> live, byte[] model, String where) throws ErrnoException {
        ByteBuffer found = ByteBuffer.allocate(LARGEST + 1);
        maps.read(file, 0, found);
        assertArrayEquals(model, Arrays.copyOf(found.array(), found.position()), "read, " + where);
        for (Live map : live) {
            int inside = Math.clamp(model.length - map.position, 0, map.length);
            byte[] seen = new byte[inside];
            byte[] expected = inside == 0 ? seen : Arrays.copyOfRange(model, map.position, map.position + inside);
            memory.at(map.address).get(seen);
            assertArrayEquals(expected, seen, "in a map at " + map.position + ", " + where);
        }
    }
}
