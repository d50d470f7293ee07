package dev.ristretto.storage.tmpfs;

/**
 * Finds the pages of one file by their index: a radix tree with {@value #FANOUT} branches per level, no higher than the largest
 * index in use demands, and with nothing where the file has holes. Not thread-safe.
 */
final class PageTree {
    /** What one table of the tree is counted as, in bytes: its references, at eight bytes each. */
    static final int TABLE_BYTES = PageTree.FANOUT * 8;

    private static final int BITS = 6;
    private static final int FANOUT = 1 << BITS;
    private static final int MASK = FANOUT - 1;

    /** The top table, or null in an empty tree. A table of the lowest level has pages in it, any other has tables. */
    private Object[] root;

    /** Levels of tables; 0 in an empty tree. */
    private int height;
    private long bytes;

    /** Returns the memory used by pages and tables. */
    long bytes() {
        return bytes;
    }

    /** Returns the page of that index, or null for a hole. */
    byte[] get(long index) {
        if (!covers(index)) {
            return null;
        }
        Object[] table = root;
        for (int level = height - 1; level > 0; level--) {
            table = (Object[]) table[slot(index, level)];
            if (table == null) {
                return null;
            }
        }
        return (byte[]) table[slot(index, 0)];
    }

    /** Returns what {@link #put} of a page where there is a hole now would add to {@link #bytes}. */
    long cost(long index) {
        int newHeight = Math.max(height, heightFor(index));
        int tables = newHeight;
        if (height > 0) {
            // From the top: new levels above the present root, then the tables on the way that are there already.
            tables = newHeight - height;
            if (!covers(index)) {
                // The present root hangs below slot 0 of the new levels; the path to the index leaves it at the top.
                tables = newHeight - height + newHeight - 1;
            } else {
                Object[] table = root;
                for (int level = height - 1; level > 0 && table != null; level--) {
                    table = (Object[]) table[slot(index, level)];
                    if (table == null) {
                        tables += level;
                    }
                }
            }
        }
        return Tmpfs.PAGE_SIZE + (long) tables * TABLE_BYTES;
    }

    /** Fills a hole. */
    void put(long index, byte[] page) {
        int newHeight = Math.max(height, heightFor(index));
        while (height < newHeight) {
            Object[] above = newTable();
            above[0] = root;
            if (root == null) {
                // An empty tree needs no chain of tables below slot 0: the path is made below.
                height = newHeight - 1;
            }
            root = above;
            height++;
        }
        Object[] table = root;
        for (int level = height - 1; level > 0; level--) {
            int slot = slot(index, level);
            if (table[slot] == null) {
                table[slot] = newTable();
            }
            table = (Object[]) table[slot];
        }
        table[slot(index, 0)] = page;
        bytes += page.length;
    }

    /** Removes all pages from an index on, and the tables that become empty. */
    void cut(long firstIndex) {
        if (root != null && !cut(root, height - 1, firstIndex)) {
            root = null;
            height = 0;
            bytes -= TABLE_BYTES;
        }
    }

    /** Removes pages from an index on, counted from the first one below this table, and returns whether any are left. */
    private boolean cut(Object[] table, int level, long firstIndex) {
        boolean left = false;
        for (int slot = 0; slot < FANOUT; slot++) {
            if (table[slot] == null) {
                continue;
            }
            long start = (long) slot << BITS * level;
            if (start + (1L << BITS * level) <= firstIndex) {
                left = true;
                continue;
            }
            if (level == 0) {
                bytes -= ((byte[]) table[slot]).length;
                table[slot] = null;
            } else if (!cut((Object[]) table[slot], level - 1, firstIndex - start)) {
                table[slot] = null;
                bytes -= TABLE_BYTES;
            }
            left |= table[slot] != null;
        }
        return left;
    }

    private Object[] newTable() {
        bytes += TABLE_BYTES;
        return new Object[FANOUT];
    }

    private boolean covers(long index) {
        return height > 0 && height >= heightFor(index);
    }

    private static int heightFor(long index) {
        int significant = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(index));
        return (significant + BITS - 1) / BITS;
    }

    private static int slot(long index, int level) {
        return (int) (index >>> BITS * level) & MASK;
    }
}
