package dev.ristretto.imager.link;

import static dev.ristretto.imager.link.ImageLayout.LARGE_PAGE;
import static dev.ristretto.imager.link.ImageLayout.PAGE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Page tables with which an image starts: addresses 0 to 4 GiB mapped to themselves, the image's own pages with exactly their rights
 * (Intel SDM vol. 3A §5.5, 4-level paging).
 *
 * <ul>
 * <li>Page 0 is not present, so that using a null pointer faults.
 * <li>The image's pages have entries of their own; pages between its regions, and guard pages, are not present.
 * <li>All other memory is writable and not executable, by 2 MiB pages where the image leaves a whole one free.
 * <li>I/O APIC and local APIC are not cached.
 * </ul>
 *
 * <p>Nothing is for user mode or global. The accessed bit is set everywhere, and the dirty bit where writing is allowed, so that the
 * processor has no reason to write to these tables.
 */
final class PageTables {
    static final long PRESENT = 1;
    static final long WRITABLE = 1 << 1;
    static final long WRITE_THROUGH = 1 << 3;
    static final long CACHE_DISABLE = 1 << 4;
    static final long ACCESSED = 1 << 5;
    static final long DIRTY = 1 << 6;
    static final long LARGE = 1 << 7;
    static final long NO_EXECUTE = 1L << 63;

    /** Memory mapped: 4 GiB, one page directory per GiB. */
    private static final int DIRECTORIES = 4;
    private static final int ENTRIES = 512;
    /** Default places of I/O APIC (ICH and PIIX data sheets) and local APIC (SDM vol. 3A §12.4.1). */
    private static final Set<Long> UNCACHED = Set.of(0xFEC0_0000L, 0xFEE0_0000L);

    private static final long TABLE = PRESENT | WRITABLE | ACCESSED;
    private static final long DATA = PRESENT | WRITABLE | ACCESSED | DIRTY | NO_EXECUTE;

    private final Placement placement;
    private final long address;
    /** First address of each 2 MiB that needs a page table, to that table's number. */
    private final TreeMap<Long, Integer> tables = new TreeMap<>();

    private PageTables(Placement placement, long address) {
        this.placement = placement;
        this.address = address;
        for (long large : largePages(placement)) {
            tables.put(large, 2 + DIRECTORIES + tables.size());
        }
    }

    /** Bytes that the tables for an image placed like this take up. */
    static int size(Placement placement) {
        return (2 + DIRECTORIES + largePages(placement).size()) * PAGE;
    }

    /** The tables, to be placed at {@code address}; the first is the top one, for CR3. */
    static byte[] build(Placement placement, long address) {
        return new PageTables(placement, address).build();
    }

    private static Set<Long> largePages(Placement placement) {
        Set<Long> large = new TreeSet<>(Set.of(0L));
        for (long at = placement.begin() & -LARGE_PAGE; at < placement.end(); at += LARGE_PAGE) {
            large.add(at);
        }
        return large;
    }

    private byte[] build() {
        ByteBuffer bytes = ByteBuffer.allocate(size(placement)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(0, page(1) | TABLE);
        for (int i = 0; i < DIRECTORIES; i++) {
            bytes.putLong(PAGE + i * Long.BYTES, page(2 + i) | TABLE);
        }
        for (long i = 0; i < (long) DIRECTORIES * ENTRIES; i++) {
            long at = i * LARGE_PAGE;
            Integer table = tables.get(at);
            long entry = table != null ? page(table) | TABLE
                    : at | DATA | LARGE | (UNCACHED.contains(at) ? CACHE_DISABLE | WRITE_THROUGH : 0);
            bytes.putLong((int) (2 * PAGE + i * Long.BYTES), entry);
        }
        tables.forEach((first, table) -> {
            for (int i = 0; i < ENTRIES; i++) {
                bytes.putLong(table * PAGE + i * Long.BYTES, entry(first + (long) i * PAGE));
            }
        });
        return bytes.array();
    }

    private long page(int number) {
        return address + (long) number * PAGE;
    }

    private long entry(long at) {
        if (at == 0) {
            return 0;
        }
        if (at < placement.begin() || at >= placement.end()) {
            return at | DATA;
        }
        for (Region region : placement.regions()) {
            if (at >= region.begin() && at < region.end()) {
                return region.mapped() ? at | rights(region.access()) : 0;
            }
        }
        return 0;
    }

    private static long rights(Access access) {
        return PRESENT | ACCESSED | (access.writable() ? WRITABLE | DIRTY : 0) | (access.executable() ? 0 : NO_EXECUTE);
    }
}
