package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The list of all blocks that a small commit has written, with their checksums. It lets the superblock be written together with them, before
 * one flush instead of between two: whoever mounts after a crash looks whether all of them are there, and if not, the commit has not happened.
 */
final class Manifest {
    private static final int MAGIC = 0x4e4d4f43; // COMN
    private static final int HEADER = 16;
    private static final int ENTRY = 12;
    /** The most blocks in a commit that has a list. */
    static final int MAXIMUM = (Blocks.SIZE - HEADER) / ENTRY;

    private Manifest() {
    }

    static byte[] encode(long generation, List<BlockWrite> writes) {
        byte[] block = new byte[Blocks.SIZE];
        ByteBuffer view = Blocks.view(block).putInt(MAGIC).putInt(writes.size()).putLong(generation);
        for (BlockWrite write : writes) {
            view.putLong(write.block()).putInt(write.checksum());
        }
        return block;
    }

    /** Tells whether everything that a commit has written is there; also if it needs no list to know. */
    static boolean isComplete(Superblock superblock, BlockReader reader) throws ErrnoException {
        if (superblock.manifest() == 0) {
            return true;
        }
        byte[] block = reader.read(superblock.manifest());
        ByteBuffer view = Blocks.view(block);
        if (Blocks.checksum(block) != superblock.manifestChecksum() || view.getInt() != MAGIC) {
            return false;
        }
        int count = view.getInt();
        if (count < 0 || count > MAXIMUM || view.getLong() != superblock.generation()) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            long written = view.getLong();
            int checksum = view.getInt();
            if (written < 0 || written >= superblock.blocks() || Blocks.checksum(reader.read(written)) != checksum) {
                return false;
            }
        }
        return true;
    }
}
