package dev.ristretto.storage.cowfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class SpaceMapTest {
    private static final int BLOCKS = 2 * Group.BLOCKS + 100;

    private static SpaceMap formatted(Map<Long, byte[]> disk, long blocks) {
        SpaceMap map = new SpaceMap(disk::get, blocks, SpaceMap.usable(blocks), new long[Superblock.MAXIMUM_GROUPS / 64]);
        map.format();
        return map;
    }

    private static long[] commit(SpaceMap map, Map<Long, byte[]> disk) {
        List<BlockWrite> writes = new ArrayList<>();
        long[] selectors = map.seal(1, writes);
        writes.forEach(write -> disk.put(write.block(), write.content()));
        map.committed(selectors);
        return selectors;
    }

    /** No block is given out twice, nor before the commit after it was freed; a map read from its disk is the same. */
    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void behavesLikeASet(@ForAll long seed) throws ErrnoException {
        Random random = new Random(seed);
        Map<Long, byte[]> disk = new HashMap<>();
        SpaceMap map = formatted(disk, BLOCKS);
        long[] selectors = commit(map, disk);
        BitSet used = new BitSet();
        BitSet locked = new BitSet();
        BitSet fresh = new BitSet();
        for (int i = 0; i < 4000; i++) {
            int dice = random.nextInt(100);
            if (dice < 55 && map.available() > 0) {
                boolean node = random.nextInt(4) == 0;
                int start = (int) (node ? map.allocateNode() : map.allocateData(1 + random.nextInt(64), 1 + random.nextInt(200)));
                int length = node ? 1 : map.runLength();
                for (int block = start; block < start + length; block++) {
                    assertFalse(used.get(block) || locked.get(block), "block " + block);
                    assertTrue(block % Group.BLOCKS >= Group.reserved(block / Group.BLOCKS) && block < BLOCKS);
                    used.set(block);
                    fresh.set(block);
                }
            } else if (dice < 99 && !used.isEmpty()) {
                int block = used.nextSetBit(random.nextInt(used.length()));
                used.clear(block);
                if (random.nextBoolean()) {
                    map.freeData(block);
                } else {
                    map.free(block);
                }
                locked.set(block, !fresh.get(block));
                fresh.clear(block);
            } else if (dice == 99) {
                selectors = commit(map, disk);
                locked.clear();
                fresh.clear();
            }
            assertEquals(SpaceMap.usable(BLOCKS) - used.cardinality() - locked.cardinality(), map.available());
            assertEquals(locked.cardinality(), map.locked());
        }
        selectors = commit(map, disk);
        SpaceMap again = new SpaceMap(disk::get, BLOCKS, map.available(), selectors);
        for (int block = 0; block < BLOCKS; block++) {
            boolean reserved = block % Group.BLOCKS < Group.reserved(block / Group.BLOCKS);
            assertEquals(reserved || used.get(block), again.isUsed(block), "block " + block);
        }
    }

    @Test
    void givesOutEverything() throws ErrnoException {
        Map<Long, byte[]> disk = new HashMap<>();
        SpaceMap map = formatted(disk, BLOCKS);
        long count = 0;
        while (map.available() > 0) {
            map.allocateData(1000, 1000);
            count += map.runLength();
        }
        assertEquals(SpaceMap.usable(BLOCKS), count);
        assertEquals(Errno.ENOSPC, assertThrows(ErrnoException.class, map::allocateNode).errno());
    }

    /** What is forced again and again goes to the same few places. */
    @Test
    void smallCommitsUseAgainWhatTheLastOneFreed() throws ErrnoException {
        Map<Long, byte[]> disk = new HashMap<>();
        SpaceMap map = formatted(disk, BLOCKS);
        long file = map.allocateData(64, 64);
        long root = map.allocateNode();
        commit(map, disk);
        Set<Long> content = new HashSet<>();
        Set<Long> nodes = new HashSet<>();
        long place = file + 10;
        for (int i = 0; i < 5000; i++) {
            long next = map.allocateData(1, 1);
            map.freeData(place);
            place = next;
            content.add(place);
            long nextRoot = map.allocateNode();
            map.free(root);
            root = nextRoot;
            nodes.add(root);
            commit(map, disk);
        }
        assertEquals(2, content.size(), content.toString());
        assertTrue(nodes.size() <= 1024, nodes.size() + " places of nodes");
    }

    @Test
    void whatIsFreeIsToldOnceButNotWhereNodesGoRound() throws ErrnoException {
        Map<Long, byte[]> disk = new HashMap<>();
        SpaceMap map = formatted(disk, BLOCKS);
        long node = map.allocateNode();
        long data = map.allocateData(1000, 1000);
        map.allocateData(1, 1);
        commit(map, disk);
        map.free(node);
        for (int i = 0; i < 1000; i++) {
            map.freeData(data + i);
        }
        int group = (int) (data / Group.BLOCKS);
        assertEquals(0, map.runsFreed(group, 64).size(), "the last commit has it still");
        commit(map, disk);
        List<long[]> runs = map.runsFreed(group, 64);
        assertTrue(runs.stream().anyMatch(run -> run[0] <= data && run[0] + run[1] == data + 1000));
        assertTrue(runs.stream().noneMatch(run -> run[0] < 1024));
        assertEquals(0, map.runsFreed(group, 64).size());
        SpaceMap small = formatted(disk, 1000);
        long first = small.allocateData(500, 500);
        commit(small, disk);
        for (int i = 0; i < 500; i++) {
            small.freeData(first + i);
        }
        commit(small, disk);
        assertTrue(small.runsFreed(0, 64).getFirst()[0] < first);
    }

    /** Holes that single blocks left are not filled with what should be side by side. */
    @Test
    void largeCommitsStaySideBySide() throws ErrnoException {
        Map<Long, byte[]> disk = new HashMap<>();
        SpaceMap map = formatted(disk, BLOCKS);
        long file = map.allocateData(1000, 1000);
        commit(map, disk);
        for (long block = file; block < file + 500; block += 2) {
            map.freeData(block);
        }
        commit(map, disk);
        for (int left = 100; left > 0; left--) {
            assertTrue(map.allocateData(1, left) >= file + 1000);
        }
        map.freeData(file + 500);
        for (long block = file + 600; block < file + 700; block++) {
            map.freeData(block);
        }
        commit(map, disk);
        assertEquals(file + 600, map.allocateData(64, 90));
        assertEquals(file + 664, map.allocateData(26, 26));
    }

    /** Many nodes that stay have a longer round. */
    @Test
    void nodesGoRoundWhereThereIsRoom() throws ErrnoException {
        Map<Long, byte[]> disk = new HashMap<>();
        SpaceMap map = formatted(disk, BLOCKS);
        for (int i = 0; i < 3000; i++) {
            assertEquals(i + Group.reserved(0), map.allocateNode(), "with nothing free before");
        }
        commit(map, disk);
        long before = 0;
        int rounds = 0;
        for (int i = 0; i < 20_000; i++) {
            long node = map.allocateNode();
            assertTrue(node < 16 * 1024, "block " + node);
            rounds += node < before ? 1 : 0;
            before = node;
            map.free(node);
            commit(map, disk);
        }
        assertTrue(rounds > 1 && rounds < 20, rounds + " rounds");
    }

    @Test
    void refusesToFreeWhatIsNotInUse() {
        SpaceMap map = formatted(new HashMap<>(), BLOCKS);
        for (long block : new long[] {-1, 0, 5, 77, Group.BLOCKS, BLOCKS}) {
            assertEquals(Errno.EIO, assertThrows(ErrnoException.class, () -> map.free(block)).errno(), "block " + block);
        }
    }

    @Test
    void aDamagedMapIsNotUsed() throws ErrnoException {
        Map<Long, byte[]> disk = new HashMap<>();
        SpaceMap map = formatted(disk, BLOCKS);
        long[] selectors = commit(map, disk);
        disk.values().forEach(block -> block[1000] ^= 4);
        SpaceMap again = new SpaceMap(disk::get, BLOCKS, map.available(), selectors);
        assertEquals(Errno.EIO, assertThrows(ErrnoException.class, again::allocateNode).errno());
    }

    @Test
    void aLastGroupTooSmallToBeOfUseIsLeftOut() {
        assertEquals(300, SpaceMap.volumeBlocks(300L * Blocks.SIZE + 4095));
        assertEquals(Group.BLOCKS, SpaceMap.volumeBlocks((Group.BLOCKS + 8L) * Blocks.SIZE));
        assertEquals(Group.BLOCKS + 9, SpaceMap.volumeBlocks((Group.BLOCKS + 9L) * Blocks.SIZE));
        assertEquals((long) Superblock.MAXIMUM_GROUPS * Group.BLOCKS, SpaceMap.volumeBlocks(Long.MAX_VALUE));
    }
}
