/**
 * A writable file system on a block device that is whole after every loss of power, without a check when it is mounted.
 * <p>
 * Everything but the superblocks is written to blocks that nothing durable refers to ("copy on write"), with checksums, and one of two
 * superblocks is replaced: a commit. A small commit is flushed once, all of it together, and is found incomplete after a power cut by its
 * list of checksums; a large one is flushed before and after the superblock. After a power cut the newest complete commit says what there
 * is: all of it, nothing of the next. A commit takes in everything that was done so far, so that what is found is always the state between
 * two operations.
 * <p>
 * From the bottom up: {@code Superblock}, {@code SpaceMap} of {@code Group}s (which blocks are free), {@code Tree} of {@code TreeNode}s in
 * a {@code NodeStore} (a B+tree of all that is known about files), {@code Volume} (these together, the locks, and commits), {@code Inode}s,
 * {@code Extents} and {@code Contents} (the bytes of files), {@code NameSpace}, the nodes that the {@code node} contract asks for, and
 * {@code Cowfs} as the way in. The format on the disk is described in {@code docs/storage.md}.
 * <p>
 * Supported: everything in the {@code node} contract, holes, hard and symbolic links, sizes up to {@link java.lang.Long#MAX_VALUE}, disks
 * up to 3.7 TiB, a CRC32C of every block. Not supported: device files, extended attributes, quotas, snapshots, several disks.
 * Nothing here may know of paths or mounts, or of what a disk is made of.
 */
package dev.ristretto.storage.cowfs;
