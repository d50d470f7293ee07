package dev.ristretto.storage.host.ninep;

import dev.ristretto.storage.ninep.Message;
import dev.ristretto.storage.ninep.MessageTypes;
import dev.ristretto.storage.ninep.Qid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What {@code lstat(2)} knows, by the names of Java's view {@code unix}. */
final class HostAttributes {
    private static final int TYPE_BITS = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;
    /** {@code DT_DIR} and so on are the bits of the type, shifted. */
    private static final int ENTRY_SHIFT = 12;
    private static final int BLOCK_SIZE = 4096;
    private static final int STAT_UNIT = 512;

    private HostAttributes() {
    }

    static Map<String, Object> read(Path path) throws IOException {
        return new HashMap<>(Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS));
    }

    private static int type(Map<String, Object> attributes) {
        return (int) attributes.get("mode") & TYPE_BITS;
    }

    static boolean isDirectory(Map<String, Object> attributes) {
        return type(attributes) == DIRECTORY;
    }

    static boolean isRegular(Map<String, Object> attributes) {
        return type(attributes) == REGULAR;
    }

    static boolean isLink(Map<String, Object> attributes) {
        return type(attributes) == LINK;
    }

    /** The type as lists of names have it. */
    static int entryType(Map<String, Object> attributes) {
        return type(attributes) >> ENTRY_SHIFT;
    }

    /** Devices have numbers of files of their own; a folder seldom reaches over two. */
    static Qid qid(Map<String, Object> attributes) {
        long number = (long) attributes.get("ino") ^ Long.reverse((long) attributes.get("dev")) >>> 1;
        return new Qid(isDirectory(attributes) ? Qid.DIRECTORY : isLink(attributes) ? Qid.LINK : 0, 0, number);
    }

    static void write(Map<String, Object> attributes, Message to) {
        long size = (long) attributes.get("size");
        to.put64(MessageTypes.GETATTR_ALL).put(qid(attributes)).put32((int) attributes.get("mode")).put32((int) attributes.get("uid"))
                .put32((int) attributes.get("gid")).put64((int) attributes.get("nlink")).put64((long) attributes.get("rdev")).put64(size).put64(BLOCK_SIZE)
                .put64(Math.ceilDiv(size, BLOCK_SIZE) * (BLOCK_SIZE / STAT_UNIT));
        for (String time : new String[] {"lastAccessTime", "lastModifiedTime", "ctime", "creationTime"}) {
            Instant instant = ((FileTime) attributes.get(time)).toInstant();
            to.put64(instant.getEpochSecond()).put64(instant.getNano());
        }
        to.put64(0).put64(0);
    }
}
