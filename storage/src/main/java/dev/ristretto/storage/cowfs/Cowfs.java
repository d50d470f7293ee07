package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.block.BlockDevice;
import dev.ristretto.storage.cowfs.CowfsException.Problem;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.node.Names;
import dev.ristretto.storage.node.Statistics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * A mounted file system on a block device; see the package for how it works.
 * <p>
 * What was changed survives a loss of power after {@link #sync}, {@code sync} of any file, or {@link #close}; it may survive earlier. What
 * is found after a loss of power is always the state between two operations (a long write counts as several). One file system
 * may be mounted from a device at a time, which whoever opens the device takes care of.
 */
public final class Cowfs implements FileSystem {
    /** Blocks in the smallest file system: 1 MiB. */
    static final long MINIMUM_BLOCKS = 256;
    /** Bytes of the smallest device that can be formatted. */
    public static final long MINIMUM_BYTES = MINIMUM_BLOCKS * Blocks.SIZE;

    final Volume volume;
    final Contents contents;
    final NameSpace names;
    private final CowDirectory root;

    private Cowfs(Volume volume) {
        this.volume = volume;
        this.contents = new Contents(volume);
        this.names = new NameSpace(volume, contents);
        this.root = new CowDirectory(this, NameSpace.ROOT, NameSpace.ROOT);
    }

    // ------------------------------------------------------------------ formatting and mounting

    /**
     * Makes an empty file system that takes up the whole device, or 3.7 TiB of it. Whatever was there is gone.
     *
     * @param identityHigh upper half of a UUID that tells this file system from others
     * @param identityLow  lower half
     * @param label        a name for people, at most 63 bytes of UTF-8, possibly empty
     * @param options      the clock is what matters
     */
    public static void format(BlockDevice device, long identityHigh, long identityLow, String label, CowfsOptions options)
            throws CowfsException {
        if (label.getBytes(StandardCharsets.UTF_8).length > Superblock.LABEL_MAXIMUM) {
            throw new IllegalArgumentException("a label longer than " + Superblock.LABEL_MAXIMUM + " bytes");
        }
        if (device.isReadOnly()) {
            throw new CowfsException(Problem.READ_ONLY, "the device cannot be written");
        }
        if (device.size() < MINIMUM_BYTES) {
            throw new CowfsException(Problem.TOO_SMALL, "it is too small: " + device.size() + " bytes, and a file system needs "
                    + MINIMUM_BYTES);
        }
        long blocks = SpaceMap.volumeBlocks(device.size());
        Superblock blank = new Superblock(identityHigh, identityLow, label, 0, blocks, SpaceMap.usable(blocks), NameSpace.ROOT + 1, 0, 0, 0,
                0, 0, new long[Superblock.MAXIMUM_GROUPS / 64]);
        try {
            // Neither an old superblock nor half of a new one may be mistaken for this file system.
            device.writeZeroes(0, Superblock.PLACES * Blocks.SIZE);
            device.flush();
            Volume volume = new Volume(device, options, null, blank);
            volume.change(true, () -> {
                NameSpace.createRoot(volume);
                return null;
            });
            volume.close();
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    /** Tells whether a device says that it holds such a file system, in whatever state. */
    public static boolean isFormatted(BlockDevice device) throws ErrnoException {
        boolean found = false;
        for (int i = 0; i < Superblock.PLACES && device.size() >= Superblock.PLACES * Blocks.SIZE; i++) {
            found |= Superblock.isOurs(block(device, i));
        }
        return found;
    }

    private static byte[] block(BlockDevice device, long index) throws ErrnoException {
        byte[] block = new byte[Blocks.SIZE];
        device.read(index * Blocks.SIZE, ByteBuffer.wrap(block));
        return block;
    }

    /** Mounts the file system on a device, as the last commit left it. */
    public static Cowfs mount(BlockDevice device, CowfsOptions options) throws CowfsException {
        try {
            Cowfs mounted = new Cowfs(new Volume(device, options, lastCommit(device, options.readOnly()), null));
            if (!mounted.root.attributes().type().equals(FileType.DIRECTORY)) {
                throw new CowfsException(Problem.DAMAGED, "it is damaged: the root directory is none");
            }
            if (!options.readOnly()) {
                mounted.names.destroyOrphans();
            }
            return mounted;
        } catch (ErrnoException e) {
            throw failure(e);
        }
    }

    /** Returns the superblocks that are whole, the newest first; there is at least one. */
    private static List<Superblock> superblocks(BlockDevice device) throws CowfsException, ErrnoException {
        if (!isFormatted(device)) {
            throw new CowfsException(Problem.NOT_COWFS, "there is no file system of ours");
        }
        TreeMap<Long, Superblock> found = new TreeMap<>(Comparator.reverseOrder());
        int version = 0;
        for (int i = 0; i < Superblock.PLACES; i++) {
            byte[] block = block(device, i);
            if (Superblock.isOurs(block) && Superblock.isWhole(block)) {
                version = Math.max(version, Superblock.version(block));
                Superblock superblock = Superblock.version(block) == Superblock.VERSION ? Superblock.decode(block) : null;
                if (superblock != null) {
                    found.put(superblock.generation(), superblock);
                }
            }
        }
        if (version > Superblock.VERSION) {
            throw new CowfsException(Problem.TOO_NEW, "its format has version " + version + ", and this program knows "
                    + Superblock.VERSION);
        }
        if (found.isEmpty()) {
            throw new CowfsException(Problem.DAMAGED, "it is damaged: none of its superblocks is whole");
        }
        return List.copyOf(found.values());
    }

    /** Returns the last commit that has happened completely; makes sure that nobody ever takes one that has not for complete. */
    private static Superblock lastCommit(BlockDevice device, boolean readOnly) throws CowfsException, ErrnoException {
        List<Superblock> found = superblocks(device);
        Superblock newest = found.getFirst();
        if (device.isReadOnly() && !readOnly) {
            throw new CowfsException(Problem.READ_ONLY, "the device can only be read");
        }
        if (device.size() < newest.blocks() * Blocks.SIZE) {
            throw new CowfsException(Problem.TOO_SMALL, "the device has " + device.size() + " bytes, less than the "
                    + newest.blocks() * Blocks.SIZE + " of the file system on it");
        }
        if (Manifest.isComplete(newest, block -> block(device, block))) {
            return newest;
        }
        if (found.size() == 1) {
            throw new CowfsException(Problem.DAMAGED, "it is damaged: its only commit is not complete");
        }
        if (!readOnly) {
            device.writeZeroes((newest.generation() & 1) * Blocks.SIZE, Blocks.SIZE);
            device.writeZeroes((2 + (newest.generation() & 1)) * Blocks.SIZE, Blocks.SIZE);
            device.flush();
        }
        return found.get(1);
    }

    private static CowfsException failure(ErrnoException e) {
        return switch (e.errno()) {
            case EROFS -> new CowfsException(Problem.READ_ONLY, "the device cannot be written");
            case ESTALE -> new CowfsException(Problem.DAMAGED, "it is damaged: there is no root directory");
            default -> new CowfsException(Problem.DEVICE, "it is damaged, or the device failed: " + e.errno().message());
        };
    }

    // ------------------------------------------------------------------ as a file system

    @Override
    public DirectoryNode root() {
        return root;
    }

    CowDirectory directory(long number, long parent) {
        return number == NameSpace.ROOT ? root : new CowDirectory(this, number, parent);
    }

    @Override
    public String type() {
        return "cowfs";
    }

    /** Also true once a failing device has made it impossible to write. */
    @Override
    public boolean isReadOnly() {
        return volume.isReadOnly();
    }

    /** Counts what was freed since the last commit as free, and what waits to be written not yet as used. */
    @Override
    public Statistics statistics() throws ErrnoException {
        return volume.read(() -> {
            long usable = SpaceMap.usable(volume.space.blocks());
            // The list of the last commit does not count: there is one or none, and the next commit gives it back.
            long list = volume.current().manifest() == 0 ? 0 : 1;
            long free = Math.max(0, volume.space.available() + volume.space.locked() + list - volume.inodes.dirtyPages() - volume.reserve());
            return new Statistics(Blocks.SIZE, usable, free, usable, free, Names.MAXIMUM);
        });
    }

    /** Returns the upper half of the UUID given when it was formatted. */
    public long identityHigh() {
        return volume.current().identityHigh();
    }

    /** Returns the lower half of the UUID. */
    public long identityLow() {
        return volume.current().identityLow();
    }

    /** Returns the label given when it was formatted. */
    public String label() {
        return volume.current().label();
    }

    /** Returns the number of bytes that it takes up on the device. */
    public long size() {
        return volume.current().blocks() * Blocks.SIZE;
    }

    /** Returns the number of the last commit. */
    public long generation() {
        return volume.current().generation();
    }

    /**
     * Returns when everything done before the call would survive a loss of power. Several threads that call this at a time share commits.
     *
     * @throws ErrnoException {@code EIO} if the device failed: nothing is lost from memory, and unless {@link #isReadOnly} says so, another
     *                        call tries again
     */
    public void sync() throws ErrnoException {
        volume.sync();
    }

    /**
     * Tells the device which blocks have become free since the last call, in runs worth a request, if {@link CowfsOptions#discard} says so.
     * Blocks that were in use again before somebody called this stay the device's: that is the cheapest for it as well.
     *
     * @throws ErrnoException {@code EIO} if the device failed at that, which does the files no harm
     */
    public void discardFree() throws ErrnoException {
        volume.discardFree();
    }

    /** Makes everything last, and lets go of the device; all that is done later fails with {@code ENODEV}. */
    public void close() throws ErrnoException {
        volume.close();
    }

    /**
     * Makes the file system as large as the device has become. Files stay as they are and can be used meanwhile.
     *
     * @return whether there was anything to add
     */
    public boolean grow() throws ErrnoException {
        long blocks = SpaceMap.volumeBlocks(volume.device.size());
        return volume.change(true, () -> {
            boolean grows = blocks > volume.space.blocks();
            if (grows) {
                volume.space.grow(blocks);
            }
            return grows;
        }) && syncGrown();
    }

    private boolean syncGrown() throws ErrnoException {
        volume.sync();
        return true;
    }

    /**
     * Looks at everything: every node of the tree, every map, every name, and (if asked) every block of content. What was done so far is
     * committed first, unless it is mounted for reading only; nothing changes meanwhile.
     */
    public CheckReport check(boolean contentToo) throws ErrnoException {
        volume.changes.lock();
        try {
            if (!volume.isReadOnly()) {
                volume.commit();
            }
            return volume.read(() -> new Checker(volume, contentToo).run());
        } finally {
            volume.changes.unlock();
        }
    }
}
