package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ext4.Ext4Exception.Problem;

/**
 * What a file system may use that older code does not know, by the bits in its superblock. Only those of the "incompatible" word matter to
 * one that only reads; what the others stand for does not change where content lies.
 */
final class Features {
    /** Incompatible. */
    static final int FILETYPE = 0x2;
    static final int RECOVER = 0x4;
    static final int META_BG = 0x10;
    static final int BITS_64 = 0x80;
    static final int CHECKSUM_SEED = 0x2000;
    static final int LARGE_DIRECTORY = 0x4000;
    private static final int EXTENTS = 0x40;
    private static final int MULTIPLE_MOUNT_PROTECTION = 0x100;
    private static final int FLEX_BG = 0x200;
    private static final int EA_INODE = 0x400;
    private static final int INLINE_DATA = 0x8000;
    private static final int CASEFOLD = 0x20000;

    /** Compatible for reading. */
    static final int SPARSE_SUPER = 0x1;
    static final int HUGE_FILE = 0x8;
    static final int GROUP_CHECKSUMS = 0x10;
    static final int METADATA_CHECKSUMS = 0x400;

    /** Compatible. */
    static final int SPARSE_SUPER_2 = 0x200;

    private static final int KNOWN = FILETYPE | RECOVER | META_BG | BITS_64 | CHECKSUM_SEED | EXTENTS | MULTIPLE_MOUNT_PROTECTION | FLEX_BG | EA_INODE
            | LARGE_DIRECTORY | INLINE_DATA | CASEFOLD;

    private Features() {
    }

    /** Refuses what is not known, with the name that {@code tune2fs} and {@code mke2fs} have for it. */
    static void check(int incompatible) throws Ext4Exception {
        int unknown = incompatible & ~KNOWN;
        if (unknown == 0) {
            return;
        }
        int bit = Integer.numberOfTrailingZeros(unknown);
        String name = switch (bit) {
            case 0 -> "compression";
            case 3 -> "journal_dev";
            case 12 -> "dirdata";
            case 16 -> "encrypt";
            default -> "FEATURE_I" + bit;
        };
        throw new Ext4Exception(Problem.UNSUPPORTED, "its ext4 file system has the feature " + name + ", which is not supported here");
    }
}
