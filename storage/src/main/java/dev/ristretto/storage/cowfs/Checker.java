package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares everything on the device with everything else, past all caches. Takes some hundred bytes of memory per file. */
final class Checker {
    /** What the tree says about one file, in several places. */
    private static final class Facts {
        Inode inode;
        long names;
        long directories;
        long blocks;
        long parent;
        FileType typeOfName;
    }

    private final Volume volume;
    private final boolean contentToo;
    private final long[] seen;
    private final Map<Long, Facts> facts = new HashMap<>();
    private final Set<Long> orphans = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private long used;

    Checker(Volume volume, boolean contentToo) {
        this.volume = volume;
        this.contentToo = contentToo;
        this.seen = new long[(int) (volume.space.blocks() / 64 + 1)];
    }

    CheckReport run() {
        Superblock superblock = volume.current();
        walk(superblock.root(), superblock.rootChecksum(), superblock.rootLevel(), null, null);
        if (superblock.manifest() != 0) {
            use(superblock.manifest(), "the last commit");
        }
        checkFiles();
        checkMaps();
        return new CheckReport(count(FileType.REGULAR), count(FileType.DIRECTORY), count(FileType.SYMBOLIC_LINK), used, List.copyOf(problems));
    }

    private long count(FileType type) {
        return facts.values().stream().filter(fact -> fact.inode != null && fact.inode.type == type).count();
    }

    private void problem(String sentence) {
        if (problems.size() < CheckReport.MOST) {
            problems.add(sentence);
        }
    }

    private void use(long block, String what) {
        long bit = 1L << block;
        int word = (int) (block >> 6);
        if ((seen[word] & bit) != 0) {
            problem("block " + block + " is used twice, the second time by " + what);
        }
        seen[word] |= bit;
        used++;
    }

    private void walk(long address, int checksum, int level, byte[] low, byte[] high) {
        try {
            byte[] block = volume.readBlock(address);
            if (Blocks.checksum(block) != checksum) {
                problem("the part of the tree in block " + address + " is damaged");
                return;
            }
            use(address, "the tree");
            TreeNode node = TreeNode.decode(block, address, level, volume.space.blocks());
            for (int i = 0; i < node.count; i++) {
                byte[] key = node.keys[i];
                if (high != null && Arrays.compareUnsigned(key, high) >= 0 || i > 0 && low != null && Arrays.compareUnsigned(key, low) < 0
                        || level == 0 && low != null && Arrays.compareUnsigned(key, low) < 0) {
                    problem("a key in block " + address + " is not where it belongs");
                }
                if (level == 0) {
                    entry(new Tree.Entry(key, node.values[i]));
                } else {
                    walk(node.children[i], node.checksums[i], level - 1, i == 0 ? low : key, i + 1 < node.count ? node.keys[i + 1] : high);
                }
            }
        } catch (ErrnoException e) {
            problem("block " + address + " cannot be read or makes no sense");
        }
    }

    private Facts facts(long number) {
        return facts.computeIfAbsent(number, any -> new Facts());
    }

    private void entry(Tree.Entry entry) throws ErrnoException {
        long number = Keys.number(entry.key());
        switch (Keys.kind(entry.key())) {
            case Keys.INODE -> facts(number).inode = Inode.decode(number, entry.value());
            case Keys.NAME -> {
                NameSpace.Entry named = NameSpace.Entry.decode(entry.value());
                Facts child = facts(named.number());
                child.names++;
                child.typeOfName = named.type();
                child.parent = number;
                facts(number).directories += named.type() == FileType.DIRECTORY ? 1 : 0;
                if (facts(number).inode == null || !facts(number).inode.isDirectory()) {
                    problem("the name " + Keys.nameOf(entry.key()) + " is in no directory");
                }
            }
            case Keys.LINK -> {
                // Read when needed; a part that is missing shows as a length that is wrong.
                facts(number).blocks += entry.value().length;
            }
            case Keys.EXTENT -> extent(number, Extent.decode(entry, volume.space.blocks()));
            case Keys.ORPHAN -> orphans.add(Keys.tail(entry.key()));
            default -> problem("a key of a kind that is not known");
        }
    }

    private void extent(long number, Extent extent) {
        facts(number).blocks += extent.count();
        Inode inode = facts(number).inode;
        if (inode == null || extent.end() > Blocks.ceiling(inode.size)) {
            problem("file " + number + " has content beyond its end");
        }
        for (long index = extent.start(); index < extent.end(); index++) {
            use(extent.block(index), "file " + number);
        }
        if (contentToo) {
            for (long index = extent.start(); index < extent.end(); index++) {
                if (!isIntact(extent, index)) {
                    problem("file " + number + " is damaged at byte " + index * Blocks.SIZE);
                }
            }
        }
    }

    private boolean isIntact(Extent extent, long index) {
        byte[] page = new byte[Blocks.SIZE];
        try {
            volume.device.read(extent.block(index) * Blocks.SIZE, ByteBuffer.wrap(page));
            return Blocks.checksum(page) == extent.checksum(index);
        } catch (ErrnoException e) {
            return false;
        }
    }

    private void checkFiles() {
        for (Map.Entry<Long, Facts> each : facts.entrySet()) {
            long number = each.getKey();
            Facts fact = each.getValue();
            Inode inode = fact.inode;
            if (inode == null) {
                problem("file " + number + " has a name or content, but is none");
                continue;
            }
            long expected = inode.isDirectory() ? 2 + fact.directories : fact.names;
            if (inode.links != expected) {
                problem("file " + number + " counts " + inode.links + " links instead of " + expected);
            }
            if (fact.names == 0 && number != NameSpace.ROOT && !orphans.contains(number)) {
                problem("file " + number + " has no name");
            }
            if (inode.isDirectory() && number != NameSpace.ROOT && (fact.names != 1 || inode.parent != fact.parent)) {
                problem("directory " + number + " is not where it says that it is");
            }
            if (fact.typeOfName != null && fact.typeOfName != inode.type) {
                problem("file " + number + " is of another type than its name says");
            }
            long kept = inode.type == FileType.SYMBOLIC_LINK ? inode.size : inode.blocks;
            if (fact.blocks != kept) {
                problem("file " + number + " counts " + kept + " of content instead of " + fact.blocks);
            }
        }
        if (!facts.containsKey(NameSpace.ROOT)) {
            problem("there is no root directory");
        }
    }

    private void checkMaps() {
        long blocks = volume.space.blocks();
        long group = -1;
        try {
            for (long block = 0; block < blocks; block++) {
                group = block / Group.BLOCKS;
                boolean isMap = block % Group.BLOCKS < Group.reserved((int) group);
                boolean isSeen = (seen[(int) (block >> 6)] >>> block & 1) != 0;
                if (volume.space.isUsed(block) != (isSeen || isMap) || isSeen && isMap) {
                    problem("block " + block + " is " + (isSeen ? "used, but counts as free" : "not used, but does not count as free"));
                }
            }
        } catch (ErrnoException e) {
            problem("the map of group " + group + " cannot be read or is damaged");
        }
        long free = SpaceMap.usable(blocks) - used;
        if (problems.isEmpty() && volume.space.available() + volume.space.locked() != free) {
            problem("the superblock counts " + volume.space.available() + " blocks as free instead of " + free);
        }
    }
}
