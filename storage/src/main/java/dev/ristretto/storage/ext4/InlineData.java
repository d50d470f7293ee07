package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Finds the extended attribute {@code system.data} in an inode, where content lies that is short enough for it. */
final class InlineData {
    private static final int MAGIC = 0xEA020000;
    private static final int ENTRY = 16;
    private static final int SYSTEM = 7;
    private static final byte[] NAME = {'d', 'a', 't', 'a'};

    private InlineData() {
    }

    /**
     * Returns its value; empty if there is none.
     *
     * @param inode all of it
     * @param from  where extended attributes begin
     */
    static ByteBuffer find(ByteBuffer inode, int from) throws ErrnoException {
        int size = inode.capacity();
        if (from + 4 <= size && inode.getInt(from) == MAGIC) {
            int first = from + 4;
            int at = first;
            while (at + 4 <= size && inode.getInt(at) != 0) {
                Blocks.require(at + ENTRY <= size);
                int nameLength = inode.get(at) & 0xFF;
                Blocks.require(at + ENTRY + nameLength <= size);
                if (inode.get(at + 1) == SYSTEM && Text.equals(inode, at + ENTRY, nameLength, NAME, "data")) {
                    long valueAt = first + (inode.getShort(at + 2) & 0xFFFF);
                    long length = Integer.toUnsignedLong(inode.getInt(at + 8));
                    Blocks.require(inode.getInt(at + 4) == 0 && valueAt + length <= size);
                    return inode.slice((int) valueAt, (int) length).order(ByteOrder.LITTLE_ENDIAN);
                }
                at += ENTRY + (nameLength + 3 & ~3);
            }
        }
        return ByteBuffer.allocate(0);
    }
}
