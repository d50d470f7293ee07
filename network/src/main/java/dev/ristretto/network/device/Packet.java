package dev.ristretto.network.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A buffer with a frame in it, taken from a {@link PacketPool} and given back with {@link #release}. The content is
 * {@link #length} bytes of {@link #buffer} from {@link #start}; what is before is headroom, into which headers are put by {@link #push}. One piece
 * always: a packet that does not fit comes from a pool with larger buffers.
 * <p>
 * Positions are absolute, from 0 to the buffer's capacity, and the order of bytes is the network's. The buffer's own position
 * and limit mean nothing and must not be relied on.
 * <p>
 * Not thread-safe but for {@link #retain} and {@link #release}: a packet belongs to one party at a time.
 */
public final class Packet {
    private final PacketPool pool;
    private final ByteBuffer buffer;
    private final long deviceAddress;
    private final AtomicInteger references = new AtomicInteger();

    /** The next packet in a {@link PacketQueue} or in the pool; a packet is in one of them at most. */
    Packet next;

    private int start;
    private int end;
    private int networkHeader;
    private int transportHeader;

    private boolean needsChecksum;
    private int checksumStart;
    private int checksumOffset;
    private boolean checksumValid;
    private GsoType gsoType = GsoType.NONE;
    private int gsoSize;
    private int gsoHeaderLength;
    private long time;
    private int interfaceIndex;

    Packet(PacketPool pool, ByteBuffer buffer, long deviceAddress) {
        this.pool = pool;
        this.buffer = buffer.order(ByteOrder.BIG_ENDIAN);
        this.deviceAddress = deviceAddress;
    }

    /** Makes the packet empty, with that much headroom and no marks. */
    void reset(int headroom) {
        start = headroom;
        end = headroom;
        networkHeader = 0;
        transportHeader = 0;
        needsChecksum = false;
        checksumValid = false;
        gsoType = GsoType.NONE;
        gsoSize = 0;
        time = 0;
        interfaceIndex = 0;
        references.set(1);
    }

    /** Returns the buffer, for access by absolute positions; the same one for as long as the packet exists. */
    public ByteBuffer buffer() {
        return buffer;
    }

    /** Returns the address by which a device reaches position 0 of the buffer; 0 if its {@link PacketMemory} gave none. */
    public long deviceAddress() {
        return deviceAddress;
    }

    /** Returns the bytes that the buffer has in all. */
    public int capacity() {
        return buffer.capacity();
    }

    /** Returns the position of the first byte of content. */
    public int start() {
        return start;
    }

    /** Returns the position after the last byte of content. */
    public int end() {
        return end;
    }

    /** Returns the bytes of content. */
    public int length() {
        return end - start;
    }

    /** Returns the bytes after the content that {@link #append} can take. */
    public int tailroom() {
        return buffer.capacity() - end;
    }

    /** Says where the content is; for drivers, once the device has written it. {@code 0 <= start <= end <= capacity}, or an IllegalArgumentException. */
    public void content(int newStart, int newEnd) {
        if (newStart < 0 || newStart > newEnd || newEnd > buffer.capacity()) {
            throw new IllegalArgumentException("content from " + newStart + " to " + newEnd + " of " + buffer.capacity());
        }
        start = newStart;
        end = newEnd;
    }

    /** Takes {@code bytes} of headroom into the content and returns the position of the first, which is the new start. */
    public int push(int bytes) {
        content(start - bytes, end);
        return start;
    }

    /** Drops {@code bytes} from the front of the content; there are at least as many. */
    public void pull(int bytes) {
        content(start + bytes, end);
    }

    /** Lengthens the content by {@code bytes} at the end, whatever is there, and returns the position of the first of them. */
    public int append(int bytes) {
        int at = end;
        content(start, end + bytes);
        return at;
    }

    /** Cuts the content to that length; it is at least as long. */
    public void trim(int length) {
        if (length > length()) {
            throw new IllegalArgumentException("cut from " + length() + " to " + length);
        }
        content(start, start + length);
    }

    /** Returns the position of the IP header, once IP has found or written it. */
    public int networkHeader() {
        return networkHeader;
    }

    public void networkHeader(int position) {
        networkHeader = position;
    }

    /** Returns the position of the TCP, UDP or ICMP header, once IP has found or written it. */
    public int transportHeader() {
        return transportHeader;
    }

    public void transportHeader(int position) {
        transportHeader = position;
    }

    /** Asks the sending device for a checksum from {@code checksumStart} (a position) to the end, put {@code offset} bytes after that start. The field has the pseudo header's sum in it. */
    public void needChecksum(int position, int offset) {
        needsChecksum = true;
        checksumStart = position;
        checksumOffset = offset;
    }

    /** To be sent: whether the device must complete the checksum. */
    public boolean needsChecksum() {
        return needsChecksum;
    }

    /** Withdraws {@link #needChecksum}: the checksum is complete. */
    public void checksumDone() {
        needsChecksum = false;
    }

    /** Returns the position where the checksum begins to be counted. */
    public int checksumStart() {
        return checksumStart;
    }

    /** Returns where the checksum is put, in bytes after {@link #checksumStart}. */
    public int checksumOffset() {
        return checksumOffset;
    }

    /** Received: the device or the way here vouches for the transport checksum, so that the field is not looked at (it may hold nonsense). */
    public boolean checksumValid() {
        return checksumValid;
    }

    public void checksumValid(boolean valid) {
        checksumValid = valid;
    }

    /** To be sent: asks the device to cut the TCP payload into segments of {@code size} bytes; the first {@code headerLength} bytes of the frame are all headers. */
    public void segment(GsoType type, int size, int headerLength) {
        gsoType = type;
        gsoSize = size;
        gsoHeaderLength = headerLength;
    }

    /** Returns {@link GsoType#NONE} for an ordinary packet. */
    public GsoType gsoType() {
        return gsoType;
    }

    /** Returns the payload bytes per segment; 0 for an ordinary packet. */
    public int gsoSize() {
        return gsoSize;
    }

    /** Returns the bytes of Ethernet, IP and TCP header together, when {@link #gsoSize} is not 0. */
    public int gsoHeaderLength() {
        return gsoHeaderLength;
    }

    /** Returns a time that the packet's owner noted, in nanoseconds as {@link dev.ristretto.network.Clock} counts. */
    public long time() {
        return time;
    }

    public void time(long nanos) {
        time = nanos;
    }

    /** Received: returns the index of the interface that it came in by, once IP has seen it; 0 before. */
    public int interfaceIndex() {
        return interfaceIndex;
    }

    public void interfaceIndex(int index) {
        interfaceIndex = index;
    }

    /** Returns the pool that it goes back to. */
    public PacketPool pool() {
        return pool;
    }

    /** Adds an owner, who has to {@link #release} as well. Two owners may read; nobody writes until there is one again. */
    public Packet retain() {
        int before = references.getAndIncrement();
        if (before <= 0) {
            throw new IllegalStateException("a packet was retained after it had been released");
        }
        return this;
    }

    /** Returns how many owners there are; one that sees 1 and is an owner knows that nobody else is. */
    public int references() {
        return references.get();
    }

    /** Gives the packet up; the last owner's call puts it back into its pool. From any thread. */
    public void release() {
        int left = references.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("a packet was released twice");
        }
        if (left == 0) {
            pool.put(this);
        }
    }

    // Content by offset from the start, for those who read headers.

    /** Returns the byte at an offset from {@link #start}, from 0 to 255. */
    public int u8(int offset) {
        return buffer.get(start + offset) & 0xff;
    }

    /** Returns the two bytes at an offset from {@link #start}, from 0 to 65535. */
    public int u16(int offset) {
        return buffer.getShort(start + offset) & 0xffff;
    }

    /** Returns the four bytes at an offset from {@link #start}. */
    public int i32(int offset) {
        return buffer.getInt(start + offset);
    }
}
