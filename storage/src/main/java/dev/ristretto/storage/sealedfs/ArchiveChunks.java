package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The compressed chunks of an archive. Keeps those that were used last, because most reads are smaller than a chunk. */
final class ArchiveChunks {
    /** Chunks kept: half a mebibyte, enough for as many files to be read in sequence at the same time. */
    private static final int KEPT = 8;

    private final ByteBuffer archive;
    private final ArchiveIndex index;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<Integer, byte[]> recent = new LinkedHashMap<>(KEPT * 2, 0.75f, true);

    ArchiveChunks(ByteBuffer archive, ArchiveIndex index) {
        this.archive = archive;
        this.index = index;
    }

    /**
     * Returns what is in a chunk; not to be changed.
     *
     * @param number in range
     * @param length of the content, in bytes, from 1 to 65,536
     * @throws ErrnoException {@code EIO} if the archive has something else there
     */
    byte[] content(int number, int length) throws ErrnoException {
        byte[] content = kept(number);
        if (content == null) {
            // Not under the lock: two threads that want the same chunk at once both do the work.
            content = read(number, length);
            keep(number, content);
        } else if (content.length != length) {
            throw Errno.EIO.exception(); // two files of different length claim the chunk
        }
        return content;
    }

    private byte[] kept(int number) {
        lock.lock();
        try {
            return recent.get(number);
        } finally {
            lock.unlock();
        }
    }

    private void keep(int number, byte[] content) {
        lock.lock();
        try {
            recent.put(number, content);
            if (recent.size() > KEPT) {
                recent.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    private byte[] read(int number, int length) throws ErrnoException {
        ArchiveIndex.Chunk chunk = index.chunk(number);
        if (chunk.length() > length || chunk.place() > archive.limit() - chunk.length()) {
            throw Errno.EIO.exception();
        }
        byte[] content = new byte[length];
        if (chunk.length() == length) {
            archive.get((int) chunk.place(), content);
        } else {
            inflate(archive.slice((int) chunk.place(), (int) chunk.length()), content);
        }
        CRC32C sum = new CRC32C();
        sum.update(content, 0, length);
        if ((int) sum.getValue() != chunk.checksum()) {
            throw Errno.EIO.exception();
        }
        return content;
    }

    private static void inflate(ByteBuffer from, byte[] content) throws ErrnoException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(from);
            for (int done = 0; done < content.length;) {
                int count = inflater.inflate(content, done, content.length - done);
                if (count == 0) {
                    throw Errno.EIO.exception(); // it ends too early
                }
                done += count;
            }
        } catch (DataFormatException e) {
            throw Errno.EIO.exception();
        } finally {
            inflater.end();
        }
    }
}
