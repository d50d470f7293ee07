package dev.ristretto.storage.sealedfs;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The bytes of an archive while it is written. */
final class ArchiveOutput {
    private final Bytes bytes = new Bytes();

    /** Lets what was written be changed. */
    private static final class Bytes extends ByteArrayOutputStream {
        private void truncate(int size) {
            count = size;
        }

        private byte[] array() {
            return buf;
        }
    }

    int size() {
        return bytes.size();
    }

    void write(byte[] from, int length) throws ArchiveException {
        if (length > ArchiveHeader.MOST - bytes.size()) {
            throw new ArchiveException("they take more than 2 GiB");
        }
        bytes.write(from, 0, length);
    }

    void putInt(int value) throws ArchiveException {
        write(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array(), Integer.BYTES);
    }

    /** Takes back what was written from a place on. */
    void truncate(int size) {
        bytes.truncate(size);
    }

    /** Writes zeros up to a multiple of a power of two. */
    void align(int alignment) throws ArchiveException {
        byte[] zeros = new byte[-bytes.size() & alignment - 1];
        write(zeros, zeros.length);
    }

    /** Writes over what is there. */
    void replace(int place, byte[] with) {
        System.arraycopy(with, 0, bytes.array(), place, with.length);
    }

    /** What has been written from a place on, not copied; valid until more is written. */
    ByteBuffer since(int place) {
        return ByteBuffer.wrap(bytes.array(), place, bytes.size() - place);
    }

    byte[] toArray() {
        return bytes.size() == bytes.array().length ? bytes.array() : Arrays.copyOf(bytes.array(), bytes.size());
    }
}
