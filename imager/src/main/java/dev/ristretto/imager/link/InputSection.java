package dev.ristretto.imager.link;

import java.util.List;

/**
 * A piece of the image before and after it has got its place.
 *
 * @param name        for the image's section table
 * @param bytes       contents; relocation changes them in place
 * @param alignment   of the address, a power of two
 * @param memorySize  at least as much as {@code bytes}
 * @param access      null for what is in the file only and never loaded
 * @param guard       true for pages that nothing maps
 * @param relocations of this section
 */
record InputSection(String name, byte[] bytes, long alignment, long memorySize, Access access, boolean guard,
                    List<Relocation> relocations) {

    boolean loaded() {
        return access != null;
    }

    boolean nobits() {
        return bytes.length == 0 && memorySize > 0;
    }
}
