package dev.ristretto.storage.sealedfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The begin of an archive; see the package for the format.
 *
 * @param length        of the archive, in bytes
 * @param time          of everything in it, in nanoseconds since 1970
 * @param nodes         how many there are
 * @param chunks        how many there are
 * @param index         place of the index
 * @param indexLength   in bytes
 * @param indexChecksum CRC-32C of the index
 * @param mountPoint    an absolute path
 */
record ArchiveHeader(int length, long time, int nodes, int chunks, int index, int indexLength, int indexChecksum, String mountPoint) {
    static final int PAGE = 4096;
    static final int CHUNK = 1 << 16;
    static final int NODE = 32;
    static final int CHUNK_ENTRY = 12;
    /** Longest archive. */
    static final int MOST = Integer.MAX_VALUE - PAGE + 1;

    /** Longest path that can be named, in bytes of UTF-8; of a link's target as well. */
    static final int LONGEST_PATH = 4095;

    private static final long MAGIC_AND_VERSION = ByteBuffer.wrap("RSEALED\1".getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN)
            .getLong();
    private static final long VERSION = 0xffL << 56;
    private static final int CHECKSUM = 52;
    private static final int MOUNT_POINT = 56;

    /** Reads the header of an archive that begins at byte 0 of a buffer, which may go on after its end. */
    static ArchiveHeader read(ByteBuffer bytes) throws ArchiveException {
        ByteBuffer in = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        if (in.limit() < MOUNT_POINT || (in.getLong(0) & ~VERSION) != (MAGIC_AND_VERSION & ~VERSION)) {
            throw new ArchiveException("what should be an archive of sealed files does not begin like one");
        }
        if (in.getLong(0) != MAGIC_AND_VERSION) {
            throw new ArchiveException("the sealed files are in a format of version " + (in.getLong(0) >>> 56) + ", which is not known here");
        }
        int mountPointLength = in.getInt(48);
        if (mountPointLength < 1 || mountPointLength > Math.min(LONGEST_PATH, in.limit() - MOUNT_POINT)
                || checksum(in, mountPointLength) != in.getInt(CHECKSUM)) {
            throw new ArchiveException("the sealed files are damaged: their header differs from its checksum");
        }
        long length = in.getLong(8);
        int nodes = in.getInt(28);
        int chunks = in.getInt(32);
        int index = in.getInt(36);
        int indexLength = in.getInt(40);
        if (length < PAGE || length > in.limit() || length % PAGE != 0 || in.getInt(24) != CHUNK || nodes < 1 || chunks < 0
                || index < MOUNT_POINT + mountPointLength || indexLength < 0 || index > length - indexLength
                || (long) nodes * NODE + (long) chunks * CHUNK_ENTRY > indexLength) {
            throw new ArchiveException("the sealed files are damaged: " + length + " bytes with " + nodes + " nodes and " + chunks
                    + " chunks do not fit together, or are cut off");
        }
        return new ArchiveHeader((int) length, in.getLong(16), nodes, chunks, index, indexLength, in.getInt(44), mountPoint(in, mountPointLength));
    }

    private static String mountPoint(ByteBuffer in, int length) throws ArchiveException {
        try {
            String path = StandardCharsets.UTF_8.newDecoder().decode(in.slice(MOUNT_POINT, length)).toString();
            if (path.startsWith("/") && PlainPath.names(path).length > 0) {
                return path;
            }
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new ArchiveException("the sealed files are damaged: their mount point is no path", e);
        }
        throw new ArchiveException("the sealed files are damaged: their mount point is no absolute path");
    }

    /** The header's bytes. */
    byte[] bytes() {
        byte[] path = mountPoint.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(MOUNT_POINT + path.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(MAGIC_AND_VERSION).putLong(length).putLong(time).putInt(CHUNK).putInt(nodes).putInt(chunks).putInt(index).putInt(indexLength)
                .putInt(indexChecksum).putInt(path.length);
        out.put(MOUNT_POINT, path);
        out.putInt(CHECKSUM, checksum(out, path.length));
        return out.array();
    }

    /** How many bytes the header takes. */
    static int size(String mountPoint) {
        return MOUNT_POINT + mountPoint.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int checksum(ByteBuffer header, int mountPointLength) {
        CRC32C sum = new CRC32C();
        sum.update(header.slice(0, CHECKSUM));
        sum.update(header.slice(MOUNT_POINT, mountPointLength));
        return (int) sum.getValue();
    }
}
