/**
 * Block devices: the contract that a disk driver implements and a file system builds on, and devices in memory.
 * <p>
 * A device keeps what was written only after a {@linkplain dev.ristretto.storage.block.BlockDevice#flush flush}: before it, a loss of power
 * may keep any of the writes, in any order, each sector of {@link dev.ristretto.storage.block.BlockDevice#sectorSize} bytes for itself.
 * {@link dev.ristretto.storage.block.FaultyBlockDevice} does just that, on purpose. No file system, path or driver may appear here.
 */
package dev.ristretto.storage.block;
