package dev.ristretto.storage.node;

/**
 * What a file system knows about a file, at one moment. All times are nanoseconds since 1970-01-01T00:00:00Z.
 *
 * @param type           what kind of file it is
 * @param number         the inode number, unique in its file system while the file exists, positive
 * @param permissions    the low twelve bits of the mode: read, write, execute, set-id and sticky bits
 * @param links          how many names the file has; a directory has two and one more for each directory in it
 * @param owner          user id; stored, never enforced: everything in an image runs as one user
 * @param group          group id; stored, never enforced
 * @param size           length in bytes; of a symbolic link the length of its target in UTF-8
 * @param allocatedBytes storage in use, which holes reduce
 * @param deviceNumber   of a device, which one it is (major number in the bits from 8 on, minor in the low eight), otherwise 0
 * @param accessed       last time the content was read (see the file system for how exactly it keeps this)
 * @param modified       last time the content changed
 * @param changed        last time content or attributes changed
 * @param created        when the file came to be
 */
public record Attributes(FileType type, long number, int permissions, int links, int owner, int group, long size, long allocatedBytes,
                         long deviceNumber, long accessed, long modified, long changed, long created) {

    /** The bits that {@link #permissions} may have. */
    public static final int PERMISSION_BITS = 07777;

    /** Returns {@code st_mode}: the type and the permissions together. */
    public int mode() {
        return type.modeBits() | permissions;
    }
}
