package dev.ristretto.storage.cowfs;

/**
 * One block to be written by a commit.
 *
 * @param block   where
 * @param content what; not changed by anybody until it is written
 */
record BlockWrite(long block, byte[] content) {
}
