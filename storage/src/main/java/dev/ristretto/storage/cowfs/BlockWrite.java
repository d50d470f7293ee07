package dev.ristretto.storage.cowfs;

/**
 * One block to be written by a commit.
 *
 * @param block    where
 * @param content  what; not changed by anybody until it is written
 * @param checksum of the content
 */
record BlockWrite(long block, byte[] content, int checksum) {
    static BlockWrite of(long block, byte[] content) {
        return new BlockWrite(block, content, Blocks.checksum(content));
    }
}
