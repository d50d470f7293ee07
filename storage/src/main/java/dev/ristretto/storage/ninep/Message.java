package dev.ristretto.storage.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Names;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A message in an array: written from {@link #begin} to {@link #end}, read from {@link #received} on. All numbers are little-endian. Reading
 * behind the end is {@code EIO}, never another exception. For one thread at a time.
 */
public final class Message {
    /** Length, type and tag. */
    public static final int HEADER = 7;
    private static final int TYPE_AT = 4;
    private static final int TAG_AT = 5;
    private static final int LONGEST_TEXT = 0xFFFF;

    private final ByteBuffer bytes;

    /** A message in {@code array}, which is large enough for what will be written. */
    public Message(byte[] array) {
        bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Begins to write. */
    public Message begin(int type, int tag) {
        bytes.clear().position(TYPE_AT);
        bytes.put((byte) type).putShort((short) tag);
        return this;
    }

    public Message put8(int value) {
        bytes.put((byte) value);
        return this;
    }

    public Message put16(int value) {
        bytes.putShort((short) value);
        return this;
    }

    public Message put32(int value) {
        bytes.putInt(value);
        return this;
    }

    public Message put64(long value) {
        bytes.putLong(value);
        return this;
    }

    public Message put(Qid qid) {
        return put8(qid.type()).put32(qid.version()).put64(qid.path());
    }

    /**
     * Writes a text.
     *
     * @throws ErrnoException as {@link Names#utf8Length}; {@code ENAMETOOLONG} if it does not fit
     */
    public Message put(String text) throws ErrnoException {
        int length = Names.utf8Length(text);
        if (length > LONGEST_TEXT || length + 2 > bytes.remaining()) {
            throw Errno.ENAMETOOLONG.exception();
        }
        put16(length);
        bytes.put(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Writes the next {@code length} bytes of {@code source}, and their number before them. */
    public Message putData(ByteBuffer source, int length) {
        put32(length);
        bytes.put(bytes.position(), source, source.position(), length);
        bytes.position(bytes.position() + length);
        source.position(source.position() + length);
        return this;
    }

    /** Where the next byte is written. */
    public int position() {
        return bytes.position();
    }

    /** Writes the next bytes elsewhere. */
    public void position(int position) {
        bytes.position(position);
    }

    /** Returns {@code length} bytes from {@code position} on, as a buffer of its own. */
    public ByteBuffer part(int position, int length) {
        return bytes.slice(position, length);
    }

    /** Writes the length; returns it. */
    public int end() {
        int length = bytes.position();
        bytes.putInt(0, length);
        return length;
    }

    /** Begins to read what came, {@code length} bytes; false if that is no message. */
    public boolean received(int length) {
        if (length < HEADER || length > bytes.capacity() || bytes.getInt(0) != length) {
            return false;
        }
        bytes.limit(length).position(HEADER);
        return true;
    }

    /** Type of the message that was received. */
    public int type() {
        return bytes.get(TYPE_AT) & 0xFF;
    }

    /** Its tag. */
    public int tag() {
        return bytes.getShort(TAG_AT) & 0xFFFF;
    }

    /** Bytes that were not read yet. */
    public int left() {
        return bytes.remaining();
    }

    private void require(int length) throws ErrnoException {
        if (length < 0 || bytes.remaining() < length) {
            throw Errno.EIO.exception();
        }
    }

    public int take8() throws ErrnoException {
        require(1);
        return bytes.get() & 0xFF;
    }

    public int take16() throws ErrnoException {
        require(2);
        return bytes.getShort() & 0xFFFF;
    }

    public int take32() throws ErrnoException {
        require(4);
        return bytes.getInt();
    }

    public long take64() throws ErrnoException {
        require(8);
        return bytes.getLong();
    }

    public Qid takeQid() throws ErrnoException {
        return new Qid(take8(), take32(), take64());
    }

    /**
     * Reads a text.
     *
     * @throws ErrnoException {@code EILSEQ} if it is none; the next thing can be read all the same
     */
    public String takeText() throws ErrnoException {
        int length = take16();
        require(length);
        ByteBuffer text = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw Errno.EILSEQ.exception();
        }
    }

    /**
     * Reads a number of bytes and those bytes.
     *
     * @throws ErrnoException {@code EIO} if there are fewer, or more than {@code most}
     */
    public ByteBuffer takeData(int most) throws ErrnoException {
        int length = take32();
        require(length);
        if (length > most) {
            throw Errno.EIO.exception();
        }
        ByteBuffer data = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return data;
    }
}
