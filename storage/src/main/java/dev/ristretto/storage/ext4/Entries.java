package dev.ristretto.storage.ext4;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Names in a block of a directory: entries one after the other, each with the number of its inode (0 if there is none), its own length, the
 * length of the name, and the name.
 */
final class Entries {
    private static final int HEADER = 8;
    private static final int LARGEST_BLOCK = 1 << 16;

    private Entries() {
    }

    /** Looks at entries; returns true to go no further. */
    private interface Visitor {
        boolean visit(long inode, int nameAt, int nameLength);
    }

    /** Returns the number of the inode of that name, or 0 if it is not there. */
    static long find(ByteBuffer block, String name) throws ErrnoException {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        long[] found = {0};
        forEach(block, (inode, at, length) -> {
            found[0] = Text.equals(block, at, length, utf8, name) ? inode : 0;
            return found[0] != 0;
        });
        return found[0];
    }

    /** Returns all names but for {@code "."} and {@code ".."}. */
    static List<String> names(ByteBuffer block) throws ErrnoException {
        List<String> names = new ArrayList<>();
        forEach(block, (inode, at, length) -> {
            String name = Text.decode(block, at, length);
            if (!name.equals(".") && !name.equals("..")) {
                names.add(name);
            }
            return false;
        });
        return names;
    }

    private static void forEach(ByteBuffer block, Visitor visitor) throws ErrnoException {
        int at = 0;
        while (at < block.capacity()) {
            Blocks.require(at + HEADER <= block.capacity());
            long inode = Integer.toUnsignedLong(block.getInt(at));
            int length = length(block, at);
            int nameLength = block.get(at + 6) & 0xFF;
            Blocks.require(length >= HEADER && (length & 3) == 0 && length <= block.capacity() - at);
            if (inode != 0) {
                Blocks.require(nameLength > 0 && HEADER + nameLength <= length && isName(block, at + HEADER, nameLength));
                if (visitor.visit(inode, at + HEADER, nameLength)) {
                    return;
                }
            }
            at += length;
        }
    }

    /** Returns the length of the entry at a place; 64 KiB do not fit in its 16 bits and have a number of their own. */
    static int length(ByteBuffer block, int at) {
        int length = block.getShort(at + 4) & 0xFFFF;
        return block.capacity() == LARGEST_BLOCK && (length == 0 || length == LARGEST_BLOCK - 1) ? LARGEST_BLOCK : length;
    }

    private static boolean isName(ByteBuffer block, int at, int length) {
        for (int i = 0; i < length; i++) {
            byte b = block.get(at + i);
            if (b == 0 || b == '/') {
                return false;
            }
        }
        return true;
    }
}
