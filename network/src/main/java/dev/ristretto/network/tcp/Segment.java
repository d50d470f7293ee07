package dev.ristretto.network.tcp;

import java.nio.ByteBuffer;

/**
 * The header of one TCP segment: what {@link #parse} read from the wire, or what {@link #write} will put there (RFC 9293 §3.1).
 * <p>
 * Mutable and meant to be reused: a stack has one for what arrives and one for what it sends, so that no segment allocates. The
 * payload is not held here, only where it lies. Checksums are the business of whoever knows the addresses.
 * <p>
 * Options understood: maximum segment size, window scale and timestamps (RFC 7323), SACK permitted and SACK blocks (RFC 2018). Others
 * are skipped. A segment whose header or options do not fit their own lengths is refused as a whole.
 */
public final class Segment {
    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int URG = 0x20;
    public static final int ECE = 0x40;
    public static final int CWR = 0x80;

    /** Bytes of a header without options. */
    public static final int LEAST_HEADER = 20;
    /** Bytes of the longest header. */
    public static final int MOST_HEADER = 60;
    /** Bytes that the timestamps option takes with its padding (RFC 7323 appendix A). */
    static final int TIMESTAMP_OPTION = 12;
    static final int MOST_SACK_BLOCKS = 4;
    /** A greater shift is taken as this one (RFC 7323 §2.3). */
    static final int MOST_WINDOW_SHIFT = 14;

    private static final int KIND_END = 0;
    private static final int KIND_NOP = 1;
    private static final int KIND_MSS = 2;
    private static final int KIND_WINDOW_SCALE = 3;
    private static final int KIND_SACK_PERMITTED = 4;
    private static final int KIND_SACK = 5;
    private static final int KIND_TIMESTAMPS = 8;

    public int sourcePort;
    public int destinationPort;
    public int sequence;
    public int acknowledgment;
    public int flags;
    /** The window field as it is on the wire, not scaled: 0 to 65535. */
    public int window;
    /** Largest segment that the sender of this option takes, in bytes of payload; 0 without the option. */
    public int maximumSegmentSize;
    /** 0 to 14; -1 without the option. */
    public int windowShift;
    public boolean sackPermitted;
    public boolean hasTimestamps;
    public int timestamp;
    public int timestampEcho;
    public int sackBlocks;
    /** First sequence number of each block. */
    public final int[] sackFrom = new int[MOST_SACK_BLOCKS];
    /** The number after the last one of each block. */
    public final int[] sackTo = new int[MOST_SACK_BLOCKS];
    /** Where the payload begins: an index into the buffer given to {@link #parse}. */
    public int payloadOffset;
    /** Bytes of payload. */
    public int payloadLength;
    /** Whether the IP header said "congestion experienced" (RFC 3168). */
    public boolean congestionExperienced;

    /** Forgets everything, ready for the next segment. */
    public void clear() {
        sourcePort = 0;
        destinationPort = 0;
        sequence = 0;
        acknowledgment = 0;
        flags = 0;
        window = 0;
        payloadOffset = 0;
        payloadLength = 0;
        congestionExperienced = false;
        clearOptions();
    }

    private void clearOptions() {
        maximumSegmentSize = 0;
        windowShift = -1;
        sackPermitted = false;
        hasTimestamps = false;
        timestamp = 0;
        timestampEcho = 0;
        sackBlocks = 0;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** How much of the sequence space it takes: payload, SYN and FIN. */
    int length() {
        return payloadLength + (flags >> 1 & 1) + (flags & 1);
    }

    /**
     * Reads a header.
     *
     * @param buffer in network byte order; its position and limit do not matter
     * @param offset index of the first byte of the segment
     * @param length bytes of the segment, header and payload
     * @return whether it is a segment; if not, the fields hold nothing of use
     */
    public boolean parse(ByteBuffer buffer, int offset, int length) {
        if (length < LEAST_HEADER) {
            return false;
        }
        int headerLength = buffer.get(offset + 12) >> 2 & 0x3c;
        if (headerLength < LEAST_HEADER || headerLength > length) {
            return false;
        }
        sourcePort = buffer.getShort(offset) & 0xffff;
        destinationPort = buffer.getShort(offset + 2) & 0xffff;
        sequence = buffer.getInt(offset + 4);
        acknowledgment = buffer.getInt(offset + 8);
        flags = buffer.get(offset + 13) & 0xff;
        window = buffer.getShort(offset + 14) & 0xffff;
        payloadOffset = offset + headerLength;
        payloadLength = length - headerLength;
        congestionExperienced = false;
        clearOptions();
        return sourcePort != 0 && destinationPort != 0 && parseOptions(buffer, offset + LEAST_HEADER, offset + headerLength);
    }

    private boolean parseOptions(ByteBuffer buffer, int from, int end) {
        // The form that nearly every data segment has.
        if (end - from == TIMESTAMP_OPTION && buffer.getInt(from) == 0x0101080a) {
            readTimestamps(buffer, from + 4);
            return true;
        }
        int at = from;
        while (at < end) {
            int kind = buffer.get(at);
            if (kind == KIND_END) {
                return true;
            }
            if (kind == KIND_NOP) {
                at++;
                continue;
            }
            if (at + 1 >= end) {
                return false;
            }
            int size = buffer.get(at + 1) & 0xff;
            if (size < 2 || at + size > end || !parseOption(buffer, kind, at + 2, size - 2)) {
                return false;
            }
            at += size;
        }
        return true;
    }

    private boolean parseOption(ByteBuffer buffer, int kind, int at, int size) {
        switch (kind) {
            case KIND_MSS -> {
                if (size != 2) {
                    return false;
                }
                maximumSegmentSize = buffer.getShort(at) & 0xffff;
            }
            case KIND_WINDOW_SCALE -> {
                if (size != 1) {
                    return false;
                }
                windowShift = Math.min(buffer.get(at) & 0xff, MOST_WINDOW_SHIFT);
            }
            case KIND_SACK_PERMITTED -> {
                if (size != 0) {
                    return false;
                }
                sackPermitted = true;
            }
            case KIND_SACK -> {
                if (size == 0 || size % 8 != 0 || size / 8 > MOST_SACK_BLOCKS) {
                    return false;
                }
                sackBlocks = size / 8;
                for (int i = 0; i < sackBlocks; i++) {
                    sackFrom[i] = buffer.getInt(at + 8 * i);
                    sackTo[i] = buffer.getInt(at + 8 * i + 4);
                }
            }
            case KIND_TIMESTAMPS -> {
                if (size != 8) {
                    return false;
                }
                readTimestamps(buffer, at);
            }
            default -> { } // An option that we do not know is skipped by its length (RFC 9293 §3.1, MUST-6).
        }
        return true;
    }

    private void readTimestamps(ByteBuffer buffer, int at) {
        hasTimestamps = true;
        timestamp = buffer.getInt(at);
        timestampEcho = buffer.getInt(at + 4);
    }

    /** Bytes of the header that {@link #write} will write: 20 to 60, a multiple of 4. */
    public int headerLength() {
        int options = 0;
        if (maximumSegmentSize != 0) {
            options += 4;
        }
        if (hasTimestamps) {
            options += TIMESTAMP_OPTION;
        } else if (sackPermitted) {
            options += 4;
        }
        if (windowShift >= 0) {
            options += 4;
        }
        if (sackBlocks > 0) {
            options += 4 + 8 * sackBlocks;
        }
        return LEAST_HEADER + options;
    }

    /**
     * Writes the header with a checksum field of zero.
     *
     * @param buffer in network byte order; its position and limit do not change
     * @param offset index of the header's first byte
     * @return bytes written, the same as {@link #headerLength}
     */
    public int write(ByteBuffer buffer, int offset) {
        buffer.putShort(offset, (short) sourcePort);
        buffer.putShort(offset + 2, (short) destinationPort);
        buffer.putInt(offset + 4, sequence);
        buffer.putInt(offset + 8, acknowledgment);
        buffer.putShort(offset + 14, (short) window);
        buffer.putInt(offset + 16, 0);
        int at = offset + LEAST_HEADER;
        if (maximumSegmentSize != 0) {
            buffer.putInt(at, KIND_MSS << 24 | 4 << 16 | maximumSegmentSize);
            at += 4;
        }
        if (hasTimestamps) {
            // "SACK permitted" takes the place of the two bytes of padding.
            buffer.putInt(at, (sackPermitted ? 0x0402 : 0x0101) << 16 | KIND_TIMESTAMPS << 8 | 10);
            buffer.putInt(at + 4, timestamp);
            buffer.putInt(at + 8, timestampEcho);
            at += TIMESTAMP_OPTION;
        } else if (sackPermitted) {
            buffer.putInt(at, 0x01010402);
            at += 4;
        }
        if (windowShift >= 0) {
            buffer.putInt(at, KIND_NOP << 24 | KIND_WINDOW_SCALE << 16 | 3 << 8 | windowShift);
            at += 4;
        }
        if (sackBlocks > 0) {
            buffer.putInt(at, 0x0101 << 16 | KIND_SACK << 8 | 2 + 8 * sackBlocks);
            at += 4;
            for (int i = 0; i < sackBlocks; i++) {
                buffer.putInt(at, sackFrom[i]);
                buffer.putInt(at + 4, sackTo[i]);
                at += 8;
            }
        }
        int length = at - offset;
        buffer.putShort(offset + 12, (short) (length << 10 | flags));
        return length;
    }

    /** One line for people, in tcpdump's manner. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(96).append(sourcePort).append(" > ").append(destinationPort).append(" [");
        String letters = "FSRPAUEC";
        for (int i = 0; i < 8; i++) {
            if ((flags >> i & 1) != 0) {
                text.append(letters.charAt(i));
            }
        }
        text.append("] seq ").append(sequence & 0xffffffffL).append(" ack ").append(acknowledgment & 0xffffffffL);
        text.append(" win ").append(window).append(" len ").append(payloadLength);
        if (maximumSegmentSize != 0) {
            text.append(" mss ").append(maximumSegmentSize);
        }
        if (windowShift >= 0) {
            text.append(" wscale ").append(windowShift);
        }
        if (hasTimestamps) {
            text.append(" ts ").append(timestamp & 0xffffffffL).append('/').append(timestampEcho & 0xffffffffL);
        }
        for (int i = 0; i < sackBlocks; i++) {
            text.append(" sack ").append(sackFrom[i] & 0xffffffffL).append('-').append(sackTo[i] & 0xffffffffL);
        }
        return text.toString();
    }
}
