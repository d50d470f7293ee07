/**
 * What a file system is made of, and the contract between a file system and the name space that mounts it.
 * <p>
 * A file system hands out {@link dev.ristretto.storage.node.Node}s: directories, files, symbolic links and devices. The same file
 * is always the same node: two nodes are {@code equals} exactly if they are one file, for as long as either is reachable.
 * A file system takes care of its own locking; every operation on a directory is atomic.
 * <p>
 * This is the seam for file systems on devices: they implement these interfaces and nothing else. No path, descriptor or mount
 * may appear in this package.
 */
package dev.ristretto.storage.node;
