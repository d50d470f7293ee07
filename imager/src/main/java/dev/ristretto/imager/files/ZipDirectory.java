package dev.ristretto.imager.files;

import dev.ristretto.imager.ImagingException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * What the directory of a zip file says and the JDK does not tell: whether entries are symbolic links, which it takes for files (PKWARE's
 * APPNOTE.TXT 6.3.10, §4.3.12 to §4.3.16 and §4.4.15).
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_SIZE = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_SIZE = 56;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    /** The host system whose file modes are in the upper half of the attributes, §4.4.2. */
    private static final int UNIX = 3;
    private static final int FILE_TYPE = 0170000;
    private static final int LINK = 0120000;

    private final FileChannel channel;

    private ZipDirectory(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Looks for symbolic links.
     *
     * @throws ImagingException if it is no zip file, or a damaged one
     */
    static boolean hasLinks(Path zip) throws ImagingException, IOException {
        try (FileChannel channel = FileChannel.open(zip)) {
            return new ZipDirectory(channel).hasLinks();
        } catch (EOFException e) {
            throw new ImagingException(zip + " is neither a folder nor a jar nor a zip file, or it is damaged",
                    "Name a folder, a jar or a zip file; a single file goes into a folder first.", e);
        }
    }

    private boolean hasLinks() throws IOException {
        ByteBuffer directory = directory();
        for (int at = 0; at < directory.limit();) {
            if (directory.limit() - at < ENTRY_SIZE || directory.getInt(at) != ENTRY) {
                throw new EOFException();
            }
            if (directory.get(at + 5) == UNIX && (directory.getInt(at + 38) >>> 16 & FILE_TYPE) == LINK) {
                return true;
            }
            at += ENTRY_SIZE + length(directory, at + 28) + length(directory, at + 30) + length(directory, at + 32);
        }
        return false;
    }

    private static int length(ByteBuffer directory, int at) {
        return Short.toUnsignedInt(directory.getShort(at));
    }

    /** The central directory: it ends where the record of its end begins. */
    private ByteBuffer directory() throws IOException {
        long size = channel.size();
        int tailSize = (int) Math.min(size, END_SIZE + LONGEST_COMMENT);
        ByteBuffer tail = bytes(size - tailSize, tailSize);
        for (int at = tailSize - END_SIZE; at >= 0; at--) {
            if (tail.getInt(at) == END && at + END_SIZE + length(tail, at + 20) == tailSize) {
                long end = size - tailSize + at;
                ByteBuffer end64 = end64(end);
                return end64 == null ? bytes(end - Integer.toUnsignedLong(tail.getInt(at + 12)), Integer.toUnsignedLong(tail.getInt(at + 12)))
                        : bytes(end64.getLong(48), end64.getLong(40));
            }
        }
        throw new EOFException();
    }

    private ByteBuffer end64(long end) throws IOException {
        if (end < LOCATOR_64_SIZE) {
            return null;
        }
        ByteBuffer locator = bytes(end - LOCATOR_64_SIZE, LOCATOR_64_SIZE);
        if (locator.getInt(0) != LOCATOR_64) {
            return null;
        }
        ByteBuffer end64 = bytes(locator.getLong(8), END_64_SIZE);
        if (end64.getInt(0) != END_64) {
            throw new EOFException();
        }
        return end64;
    }

    private ByteBuffer bytes(long from, long length) throws IOException {
        if (from < 0 || length < 0 || length > Integer.MAX_VALUE || from > channel.size() - length) {
            throw new EOFException();
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }
}
