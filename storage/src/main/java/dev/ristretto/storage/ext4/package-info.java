/**
 * Reads ext2, ext3 and ext4 as {@code mke2fs} makes them and Linux writes them, on a block device; so that data from elsewhere can be used.
 * Nothing is ever written, not even what a crash left to tidy up: a journal that was not replayed is read as if it had been.
 * <p>
 * From the bottom up: {@code Superblock} and {@code Features}; {@code Journal} (blocks that lie elsewhere for now, found by
 * {@code JournalScan}); {@code Blocks} (reading and a cache); {@code Groups} (where inodes are) and {@code Inode}; {@code BlockMap} with
 * {@code ExtentTree} and {@code BlockTree} (where content is); {@code Contents}, {@code DirectoryBlocks} and {@code Entries} (what is in
 * it); the nodes that the {@code node} contract asks for, and {@code Ext4} as the way in. The format is described in Linux's
 * {@code Documentation/filesystems/ext4} and {@code Documentation/filesystems/journalling}; where that is short, Linux's code is the rule.
 * <p>
 * Every checksum that a file system has is compared: of the superblock, groups, inodes, directories, extents, and blocks of the journal.
 * Content, symbolic links and the block lists of ext2 and ext3 have none. What does not match, or cannot be, is {@code EIO}; whatever a
 * device holds, the time that a call takes is bounded by its size, and memory by the cache and by what the journal holds.
 * <p>
 * Not supported: writing, encryption, compression, a journal on another device, fast commits and asynchronous commits that were not
 * replayed, extended attributes and access control lists (they are passed over), names without regard to case (a directory that has them is
 * read with regard to it). A directory is read in order also where it has an index.
 */
package dev.ristretto.storage.ext4;
