package dev.ristretto.imager.link;

/**
 * A range of whole pages with the same rights.
 *
 * @param access      null for pages that nothing maps
 * @param begin       address, a multiple of 4096
 * @param end         address after the last byte, a multiple of 4096
 * @param contentsEnd address after the last byte that the file has contents for; the rest is zero
 */
record Region(Access access, long begin, long end, long contentsEnd) {
    boolean mapped() {
        return access != null;
    }
}
