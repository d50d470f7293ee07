/**
 * The name space: file systems mounted into one tree, paths resolved in it, and files opened by path, with descriptors for those who
 * need numbers. Semantics are those of the POSIX system calls as Linux implements them, for a process that runs as root with no
 * restriction; numbers of flags are Linux's on x86-64.
 * <p>
 * Limits: paths up to {@value dev.ristretto.storage.vfs.PathWalk#PATH_MAXIMUM} bytes of UTF-8, at most
 * {@value dev.ristretto.storage.vfs.PathWalk#LINKS_MAXIMUM} symbolic links on the way. Not supported: permission checks (they are
 * stored, not enforced), mounting on anything but a directory, one file system in two places, named pipes, sockets as files.
 */
package dev.ristretto.storage.vfs;
