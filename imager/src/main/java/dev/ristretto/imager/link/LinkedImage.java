package dev.ristretto.imager.link;

import java.util.List;

/**
 * A bootable image.
 *
 * @param bytes the ELF file
 * @param parts its sections by ascending address
 * @param begin first address it takes up in memory
 * @param end   address after its last page
 */
public record LinkedImage(byte[] bytes, List<Part> parts, long begin, long end) {
    public LinkedImage {
        parts = List.copyOf(parts);
    }

    /**
     * A section.
     *
     * @param name       as in the section table
     * @param access     what the running image may do with it
     * @param address    of its first byte
     * @param fileSize   bytes it takes up in the file
     * @param memorySize bytes it takes up in memory
     */
    public record Part(String name, Access access, long address, long fileSize, long memorySize) {
    }
}
