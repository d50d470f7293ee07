package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.ErrnoException;
import java.nio.ByteBuffer;

/** The bytes of a read-only file. They must never change. */
public interface Content {
    /** Returns how many bytes there are. */
    long size();

    /**
     * Reads what is there, up to the space left in the buffer.
     *
     * @param position from 0 on, in bytes
     * @return the number of bytes read; less than asked for only at the end, where it is 0
     */
    int read(long position, ByteBuffer destination) throws ErrnoException;

    /**
     * Returns part of the content where it lies, at the begin of a page, if that is outside of the Java heap; else {@code null}. See
     * {@link dev.ristretto.storage.node.FileNode#view}.
     */
    default ByteBuffer view(long position, long length) {
        return null;
    }

    /** Returns the content of an array, which is not copied. */
    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public int read(long position, ByteBuffer destination) {
                int length = (int) Math.clamp(bytes.length - position, 0, destination.remaining());
                if (length == 0) {
                    return 0;
                }
                destination.put(bytes, (int) position, length);
                return length;
            }
        };
    }
}
