package dev.ristretto.storage.node;

/**
 * How full a file system is, as {@code statvfs(3)} tells it.
 *
 * @param blockSize   bytes per block
 * @param blocks      size of the file system, in blocks
 * @param freeBlocks  blocks that can still be written
 * @param nodes       how many files it can hold
 * @param freeNodes   how many more files it can hold
 * @param nameMaximum longest name of a file, in bytes of UTF-8
 */
public record Statistics(long blockSize, long blocks, long freeBlocks, long nodes, long freeNodes, int nameMaximum) {
}
