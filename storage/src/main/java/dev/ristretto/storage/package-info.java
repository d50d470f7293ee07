/**
 * File systems in plain Java: the words that all of {@code storage} shares, namely error numbers and the clock.
 * <p>
 * Packages below this one:
 * <ul>
 * <li>{@code node}: the contract that a file system implements (what a directory, a file, a link, a device can do);</li>
 * <li>{@code vfs}: the name space made of mounted file systems, path resolution, open files and descriptors;</li>
 * <li>{@code tmpfs}: a writable file system in memory, with limits;</li>
 * <li>{@code sealedfs}: read-only file systems over contents that exist already: trees that are described, and archives;</li>
 * <li>{@code block}: block devices, the contract of disks;</li>
 * <li>{@code cowfs}: a writable file system on a block device that survives power cuts;</li>
 * <li>{@code ext4}: ext2, ext3 and ext4 on a block device, for reading;</li>
 * <li>{@code ninep}: a folder of somebody else's as a file system, by the protocol 9P2000.L;</li>
 * <li>{@code host}: files of a host as block devices, and folders of a host for others, for tools that run on a JVM;</li>
 * <li>{@code device}: the character devices that every Unix program expects.</li>
 * </ul>
 * Nothing here may use a type of the kernel, read a clock of its own, start a thread or draw randomness: all of that is passed in.
 * Semantics follow POSIX.1-2024 as Linux implements it; a deviation is stated where it occurs.
 * <p>
 * Threads: unless a type says otherwise, every method may be called from any thread at any time. Locks are
 * {@link java.util.concurrent.locks.ReentrantLock}s, so a virtual thread that has to wait releases its carrier.
 */
package dev.ristretto.storage;
