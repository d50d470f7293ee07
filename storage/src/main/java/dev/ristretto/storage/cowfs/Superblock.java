package dev.ristretto.storage.cowfs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The root of everything: one block that says what a commit left. It lives in blocks 0 and 1 in turn, by the lowest bit of its generation,
 * with a copy two blocks further, so that one block that goes bad later does not pass for a commit that never happened.
 *
 * @param identityHigh upper half of the volume's UUID
 * @param identityLow lower half of it
 * @param label a name for people, at most 63 bytes of UTF-8
 * @param generation number of the commit, from 1
 * @param blocks blocks in the volume
 * @param free blocks not in use
 * @param nextInode the number for the next new file
 * @param root where the tree's root is
 * @param rootChecksum its checksum
 * @param rootLevel its level; 0 for a leaf
 * @param manifest where the list of what the commit wrote is; 0 if all of it was flushed before this
 * @param manifestChecksum the list's checksum
 * @param selectors for each group a bit that says which of the two copies of its map counts
 */
record Superblock(long identityHigh, long identityLow, String label, long generation, long blocks, long free, long nextInode, long root,
                  int rootChecksum, int rootLevel, long manifest, int manifestChecksum, long[] selectors) {

    /** "RSTCOWFS" in ASCII. */
    static final long MAGIC = 0x5346574f43545352L;
    /** Changes when older code could no longer read what newer code writes. */
    static final int VERSION = 1;
    static final int SELECTORS_AT = 256;
    /** More groups than this find no room for their bits. */
    static final int MAXIMUM_GROUPS = (Blocks.SIZE - SELECTORS_AT) * 8;
    static final int LABEL_MAXIMUM = 63;

    /** How many blocks at the beginning of a volume are for superblocks. */
    static final int PLACES = 4;

    private static final int LABEL_AT = 128;

    byte[] encode() {
        byte[] block = new byte[Blocks.SIZE];
        ByteBuffer view = Blocks.view(block);
        view.putLong(8, MAGIC).putInt(16, VERSION).putInt(20, Blocks.SIZE).putLong(24, identityHigh).putLong(32, identityLow)
                .putLong(40, generation).putLong(48, blocks).putLong(56, free).putLong(64, nextInode).putLong(72, root)
                .putInt(80, rootChecksum).putInt(84, rootLevel).putLong(88, manifest).putInt(96, manifestChecksum);
        byte[] name = label.getBytes(StandardCharsets.UTF_8);
        view.put(LABEL_AT, (byte) name.length).put(LABEL_AT + 1, name);
        view.position(SELECTORS_AT).asLongBuffer().put(selectors);
        view.putInt(0, Blocks.checksum(block, 4, Blocks.SIZE - 4));
        return block;
    }

    /** Tells whether a block was meant as a superblock, of whatever version and in whatever state. */
    static boolean isOurs(byte[] block) {
        return Blocks.view(block).getLong(8) == MAGIC;
    }

    /** Tells whether a block is as it was written. */
    static boolean isWhole(byte[] block) {
        return Blocks.view(block).getInt(0) == Blocks.checksum(block, 4, Blocks.SIZE - 4);
    }

    /** Returns the version of the format. */
    static int version(byte[] block) {
        return Blocks.view(block).getInt(16);
    }

    /** Returns what a whole block of our version says, or null if that cannot be. */
    static Superblock decode(byte[] block) {
        ByteBuffer view = Blocks.view(block);
        int length = view.get(LABEL_AT);
        if (length < 0 || length > LABEL_MAXIMUM) {
            return null;
        }
        byte[] name = new byte[length];
        view.get(LABEL_AT + 1, name);
        long[] selectors = new long[MAXIMUM_GROUPS / 64];
        for (int i = 0; i < selectors.length; i++) {
            selectors[i] = view.getLong(SELECTORS_AT + i * 8);
        }
        Superblock read = new Superblock(view.getLong(24), view.getLong(32), new String(name, StandardCharsets.UTF_8), view.getLong(40),
                view.getLong(48), view.getLong(56), view.getLong(64), view.getLong(72), view.getInt(80), view.getInt(84),
                view.getLong(88), view.getInt(96), selectors);
        boolean possible = view.getInt(20) == Blocks.SIZE && read.generation > 0 && read.blocks >= Cowfs.MINIMUM_BLOCKS
                && read.blocks <= (long) MAXIMUM_GROUPS * Group.BLOCKS && read.free >= 0 && read.free < read.blocks && read.nextInode > 1
                && read.root > 0 && read.root < read.blocks && read.manifest >= 0 && read.manifest < read.blocks && read.rootLevel >= 0 && read.rootLevel < TreeNode.LEVELS;
        return possible ? read : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Superblock that && Arrays.equals(encode(), that.encode());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(generation);
    }

    @Override
    public String toString() {
        return "generation " + generation + " of " + label;
    }
}
