package dev.ristretto.storage.ext4;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import dev.ristretto.storage.ext4.Ext4Exception.Problem;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.Names;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.Statistics;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An ext2, ext3 or ext4 file system on a block device, for reading; see the package for what is known of it. */
public final class Ext4 implements FileSystem {
    /** The least memory for blocks that are kept. */
    public static final int LEAST_CACHE_BYTES = 64 << 10;

    private final Superblock superblock;
    private final Blocks blocks;
    private final BlockMap map;
    private final Groups groups;
    final Contents contents;
    private final Ext4Directory root;
    private volatile Found lastFound = new Found(0, 0);

    /**
     * Where a name was found last.
     *
     * @param directory number of its inode
     * @param part      of that directory
     */
    private record Found(long directory, long part) {
    }

    private Ext4(Superblock superblock, Blocks blocks) throws Ext4Exception, ErrnoException {
        this.superblock = superblock;
        this.blocks = blocks;
        this.map = new BlockMap(superblock, blocks);
        this.groups = new Groups(superblock, blocks);
        this.contents = new Contents(blocks, map);
        Inode top = groups.inode(Inode.ROOT);
        if (top.type != FileType.DIRECTORY) {
            throw new Ext4Exception(Problem.DAMAGED, "its ext4 file system is damaged: the root directory is none");
        }
        this.root = new Ext4Directory(this, top, null);
    }

    // ------------------------------------------------------------------ mounting

    /** Tells whether a device says that it holds such a file system, in whatever state. */
    public static boolean isFormatted(BlockDevice device) throws ErrnoException {
        ByteBuffer superblock = superblock(device);
        return superblock != null && Superblock.isOurs(superblock);
    }

    /** Returns 1024 bytes, or null if the device is too small. */
    private static ByteBuffer superblock(BlockDevice device) throws ErrnoException {
        int sector = device.sectorSize();
        ByteBuffer begin = ByteBuffer.allocate((Superblock.POSITION + Superblock.SIZE + sector - 1) / sector * sector);
        if (device.size() < begin.capacity()) {
            return null;
        }
        device.read(0, begin);
        return begin.slice(Superblock.POSITION, Superblock.SIZE).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Mounts the file system on a device. If it was not unmounted, it is seen as its journal says; nothing is ever written to the device, which
     * nobody else may write to meanwhile.
     *
     * @param cacheBytes memory for what is known about files and may be wanted again, at least {@link #LEAST_CACHE_BYTES}
     */
    public static Ext4 mount(BlockDevice device, int cacheBytes) throws Ext4Exception {
        if (cacheBytes < LEAST_CACHE_BYTES) {
            throw new IllegalArgumentException("out of range: a cache of " + cacheBytes + " bytes");
        }
        try {
            ByteBuffer bytes = superblock(device);
            if (bytes == null) {
                throw new Ext4Exception(Problem.NOT_EXT4, "there is no ext4 file system");
            }
            Superblock superblock = decode(device, bytes);
            Blocks blocks = new Blocks(device, superblock, Journal.EMPTY, cacheBytes);
            if (!superblock.has(Features.RECOVER)) {
                return new Ext4(superblock, blocks);
            }
            Journal journal = journal(superblock, blocks);
            if (journal.next(superblock.block()) == superblock.block()) {
                ByteBuffer block = ByteBuffer.allocate(superblock.blockSize);
                journal.read(superblock.block(), block);
                superblock = decode(device, block.slice(superblock.offsetInBlock(), Superblock.SIZE).order(ByteOrder.LITTLE_ENDIAN));
            }
            return new Ext4(superblock, new Blocks(device, superblock, journal, cacheBytes));
        } catch (ErrnoException e) {
            throw new Ext4Exception(Problem.DEVICE, "its ext4 file system is damaged, or the device failed: " + e.errno().message());
        }
    }

    private static Superblock decode(BlockDevice device, ByteBuffer bytes) throws Ext4Exception {
        Superblock superblock = Superblock.decode(bytes);
        if (superblock.blockSize < device.sectorSize()) {
            throw new Ext4Exception(Problem.UNSUPPORTED, "its ext4 file system has blocks of " + superblock.blockSize + " bytes, which a device with sectors of "
                    + device.sectorSize() + " cannot read");
        }
        if (device.size() < superblock.blocks * superblock.blockSize) {
            throw new Ext4Exception(Problem.TOO_SMALL, "the device has " + device.size() + " bytes, less than the "
                    + superblock.blocks * superblock.blockSize + " of the ext4 file system on it");
        }
        return superblock;
    }

    private static Journal journal(Superblock superblock, Blocks raw) throws Ext4Exception, ErrnoException {
        if (superblock.journalInode == 0) {
            throw new Ext4Exception(Problem.UNSUPPORTED, "its ext4 file system was not unmounted, and its journal is on another device");
        }
        Inode file = new Groups(superblock, raw).inode(superblock.journalInode);
        Blocks.require(file.type == FileType.REGULAR);
        return JournalScan.read(raw, file, new BlockMap(superblock, raw));
    }

    // ------------------------------------------------------------------ as a file system

    @Override
    public DirectoryNode root() {
        return root;
    }

    @Override
    public String type() {
        return "ext4";
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    /** What is free is what the superblock says, which Linux brings up to date when it unmounts. */
    @Override
    public Statistics statistics() {
        return new Statistics(superblock.blockSize, superblock.blocks, superblock.freeBlocks, superblock.inodes, superblock.freeInodes, Names.MAXIMUM);
    }

    /** Returns the number of bytes that it takes up on the device. */
    public long size() {
        return superblock.blocks * superblock.blockSize;
    }

    /** Returns the label given when it was formatted, possibly empty. */
    public String label() {
        return superblock.label;
    }

    /** Returns the upper half of its UUID. */
    public long identityHigh() {
        return ByteBuffer.wrap(superblock.uuid).getLong(0);
    }

    /** Returns the lower half of its UUID. */
    public long identityLow() {
        return ByteBuffer.wrap(superblock.uuid).getLong(8);
    }

    /** Returns a file that a directory has a name for. */
    Node node(long number, Ext4Directory parent) throws ErrnoException {
        Inode inode = groups.inode(number);
        return switch (inode.type) {
            case REGULAR -> new Ext4File(this, inode);
            case DIRECTORY -> directory(inode, parent);
            case SYMBOLIC_LINK -> new Ext4SymbolicLink(this, inode, contents.target(inode));
            default -> new Ext4Node(this, inode);
        };
    }

    private Ext4Directory directory(Inode inode, Ext4Directory parent) throws ErrnoException {
        if (inode.number == Inode.ROOT) {
            // It has no name anywhere.
            throw Errno.EIO.exception();
        }
        return new Ext4Directory(this, inode, parent);
    }

    DirectoryBlocks directoryBlocks(Inode inode) {
        return new DirectoryBlocks(superblock, blocks, map, inode);
    }

    /** Returns where to look first for a name in a directory. */
    long lastFound(long directory) {
        Found found = lastFound;
        return found.directory() == directory ? found.part() : 0;
    }

    void setLastFound(long directory, long part) {
        lastFound = new Found(directory, part);
    }
}
