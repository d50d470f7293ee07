package dev.ristretto.storage.cowfs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ristretto.storage.ErrnoException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class TreeTest {
    private static final int BLOCKS = 4000;

    /** Random changes, in sequence and not, with keys and values of all lengths; compared with a map of the JDK's. */
    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void behavesLikeAMap(@ForAll long seed) throws ErrnoException {
        Random random = new Random(seed);
        Map<Long, byte[]> disk = new HashMap<>();
        SpaceMap space = new SpaceMap(disk::get, BLOCKS, SpaceMap.usable(BLOCKS), new long[Superblock.MAXIMUM_GROUPS / 64]);
        space.format();
        NodeStore nodes = new NodeStore(disk::get, space, 20);
        Tree tree = Tree.create(nodes);
        TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        int range = 1 << random.nextInt(1, 14);
        long next = 0;
        for (int i = 0; i < 6000; i++) {
            boolean grows = (i / 1500) % 2 == 0;
            byte[] key = random.nextInt(3) == 0 ? Keys.extent(7, next++) : Keys.name(random.nextInt(range), name(random));
            if (random.nextInt(100) < (grows ? 70 : 25)) {
                byte[] value = new byte[random.nextInt(20) == 0 ? TreeNode.LONGEST_VALUE : random.nextInt(300)];
                random.nextBytes(value);
                tree.put(key, value);
                model.put(key, value);
            } else {
                byte[] present = model.ceilingKey(key);
                if (present != null) {
                    assertEquals(true, tree.remove(present));
                    model.remove(present);
                } else {
                    assertEquals(false, tree.remove(key));
                }
            }
            assertArrayEquals(model.get(key), tree.get(key));
            Map.Entry<byte[], byte[]> floor = model.floorEntry(key);
            Tree.Entry found = tree.floor(key);
            assertArrayEquals(floor == null ? null : floor.getKey(), found == null ? null : found.key());
            if (random.nextInt(300) == 0) {
                commit(tree, space, nodes, disk);
            }
        }
        commit(tree, space, nodes, disk);
        List<byte[]> keys = new ArrayList<>();
        tree.scan(new byte[Keys.PREFIX], Keys.after(Long.MAX_VALUE, Keys.ORPHAN), Integer.MAX_VALUE).forEach(entry -> {
            keys.add(entry.key());
            assertArrayEquals(model.get(entry.key()), entry.value());
        });
        assertEquals(model.size(), keys.size());
        for (byte[] key : List.copyOf(model.keySet())) {
            tree.remove(key);
        }
        assertNull(tree.floor(Keys.after(Long.MAX_VALUE, Keys.ORPHAN)));
        commit(tree, space, nodes, disk);
        assertEquals(SpaceMap.usable(BLOCKS) - 1, space.available(), "one empty leaf is left");
    }

    private static String name(Random random) {
        return "x".repeat(random.nextInt(10) == 0 ? random.nextInt(255) : random.nextInt(10)) + random.nextInt(10);
    }

    private static void commit(Tree tree, SpaceMap space, NodeStore nodes, Map<Long, byte[]> disk) {
        List<BlockWrite> writes = new ArrayList<>();
        int checksum = tree.seal(1, writes);
        long[] selectors = space.seal(1, writes);
        writes.forEach(write -> disk.put(write.block(), write.content()));
        nodes.committed();
        tree.committed(checksum);
        space.committed(selectors);
    }
}
