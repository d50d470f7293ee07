/**
 * Read-only file systems that copy nothing. There are two:
 * <ul>
 * <li>a tree described file by file, by a {@link dev.ristretto.storage.sealedfs.SealedTree}, over contents that are there already
 * (bytes in an image, devices, anything that can be read by position);</li>
 * <li>an archive, a {@link dev.ristretto.storage.sealedfs.Archive} in one read-only buffer, written beforehand by an
 * {@link dev.ristretto.storage.sealedfs.ArchiveWriter}. The index is used where it lies: mounting reads the header alone, and nothing of it
 * becomes Java objects but the nodes that somebody holds.</li>
 * </ul>
 * Devices may have names in a tree; writing to those is no change of it.
 *
 * <h2>The format of archives</h2>
 * Why not one that exists: zip has one deflate stream for each file, so that reading anywhere in it means reading all before it; squashfs and
 * erofs have no checksums of content, and their tools write what this needs (whole pages for files that do not compress) only by chance.
 * <p>
 * Numbers are little-endian and unsigned; places are bytes from the begin of the archive. An archive is at most 2^31 - 4096 bytes long and a
 * multiple of 4096, so that several can follow each other. It begins with
 * <pre>
 *   0  8  "RSEALED" and the version of the format, 1
 *   8  8  length of the archive
 *  16  8  time of everything in it, in nanoseconds since 1970
 *  24  4  bytes of content in a chunk: 65536
 *  28  4  number of nodes
 *  32  4  number of chunks
 *  36  4  place of the index
 *  40  4  length of the index
 *  44  4  CRC-32C of the index
 *  48  4  length of the mount point
 *  52  4  CRC-32C of all before, and of the mount point
 *  56     mount point: an absolute path in UTF-8
 * </pre>
 * then the contents, and the index at the end: nodes, chunks and names, one after the other. A node takes 32 bytes:
 * <pre>
 *   0  4  place of its name among the names
 *   4  2  length of its name
 *   6  1  what it is: 1 a directory, 2 a file as it is, 3 a compressed file, 4 a symbolic link
 *   7  1  0
 *   8  4  number of the directory it is in
 *  12  4  directory: number of the first node in it; file as it is: its place; compressed file: number of its first chunk;
 *         link: place of its target among the names
 *  16  8  directory: how many nodes are in it; otherwise the length in bytes
 *  24  4  directory: how many directories are in it; file as it is: CRC-32C of its content
 *  28  4  0
 * </pre>
 * Node 0 is the root, whose name is empty. The nodes of a directory follow each other, sorted by the bytes of their names, and come after the
 * directory itself: a damaged archive can be wrong, but has no circles. A chunk takes 12 bytes: its place, its length in the archive, and
 * the CRC-32C of its content, of which every chunk of a file but the last has 65,536 bytes. It is a raw deflate stream (RFC 1951), or the
 * content itself if it is as long as that.
 * <p>
 * A file is compressed if that saves an eighth of it. Others of 4096 bytes and more begin at a multiple of 4096, and zeros follow up to the
 * next one: such a file can be mapped where it lies. The same tree gives the same bytes (with the same JDK, whose zlib it is): everything has
 * one time, which is none of the files' own, because a checkout gives those anew; and nobody's permissions are kept, files are 0444 and
 * directories 0555.
 *
 * <h2>Damage</h2>
 * A header that is wrong is refused with an {@link dev.ristretto.storage.sealedfs.ArchiveException}. The index is compared with its checksum
 * when it is first used, a compressed chunk each time it is read; all that they name is checked against the bounds on each use. What is wrong
 * is {@code EIO}. The content of files as they are is not compared when it is read, since it may be mapped; {@link
 * dev.ristretto.storage.sealedfs.Archive#verify} compares everything.
 */
package dev.ristretto.storage.sealedfs;
