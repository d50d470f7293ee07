package dev.ristretto.network.tcp;

/**
 * Every segment in flight, oldest first: its numbers, when it was last sent, whether it was selectively acknowledged, is held for lost,
 * or was sent more than once. Scoreboard of RFC 6675 and transmission times of RFC 8985 in one ring of plain arrays, so that a segment
 * costs no object. The segments are adjacent: each begins where the one before it ends.
 */
final class SentSegments {
    static final int SACKED = 1;
    /** Held for lost and not sent again since. */
    static final int LOST = 2;
    /** Sent more than once. */
    static final int RESENT = 4;
    /** Its last number is the FIN's. */
    static final int FIN = 8;

    private static final int LEAST_CAPACITY = 8;

    private int[] end = new int[LEAST_CAPACITY];
    private int[] start = new int[LEAST_CAPACITY];
    private long[] sentAt = new long[LEAST_CAPACITY];
    private byte[] flags = new byte[LEAST_CAPACITY];
    private int first;
    private int count;
    private int sackedBytes;
    private int lostBytes;

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int start(int i) {
        return start[slot(i)];
    }

    int end(int i) {
        return end[slot(i)];
    }

    int length(int i) {
        int slot = slot(i);
        return end[slot] - start[slot];
    }

    long sentAt(int i) {
        return sentAt[slot(i)];
    }

    boolean is(int i, int flag) {
        return (flags[slot(i)] & flag) != 0;
    }

    int sackedBytes() {
        return sackedBytes;
    }

    int lostBytes() {
        return lostBytes;
    }

    private int slot(int i) {
        return first + i & end.length - 1;
    }

    void append(int from, int to, long now, boolean isFin) {
        if (count == end.length) {
            resize(2 * count);
        }
        int slot = slot(count++);
        start[slot] = from;
        end[slot] = to;
        sentAt[slot] = now;
        flags[slot] = (byte) (isFin ? FIN : 0);
    }

    private void resize(int capacity) {
        int[] newStart = new int[capacity];
        int[] newEnd = new int[capacity];
        long[] newSentAt = new long[capacity];
        byte[] newFlags = new byte[capacity];
        for (int i = 0; i < count; i++) {
            int slot = slot(i);
            newStart[i] = start[slot];
            newEnd[i] = end[slot];
            newSentAt[i] = sentAt[slot];
            newFlags[i] = flags[slot];
        }
        start = newStart;
        end = newEnd;
        sentAt = newSentAt;
        flags = newFlags;
        first = 0;
    }

    /** Takes the first segment out: it was acknowledged. */
    void removeFirst() {
        forget(first);
        first = first + 1 & end.length - 1;
        count--;
    }

    private void forget(int slot) {
        int length = end[slot] - start[slot];
        if ((flags[slot] & SACKED) != 0) {
            sackedBytes -= length;
        }
        if ((flags[slot] & LOST) != 0) {
            lostBytes -= length;
        }
    }

    /** The first segment was acknowledged in part. */
    void trimFirst(int to) {
        int slot = first;
        int cut = to - start[slot];
        if ((flags[slot] & SACKED) != 0) {
            sackedBytes -= cut;
        }
        if ((flags[slot] & LOST) != 0) {
            lostBytes -= cut;
        }
        start[slot] = to;
    }

    /** @return whether it was not so before */
    boolean markSacked(int i) {
        int slot = slot(i);
        if ((flags[slot] & SACKED) != 0) {
            return false;
        }
        int length = end[slot] - start[slot];
        if ((flags[slot] & LOST) != 0) {
            lostBytes -= length;
        }
        flags[slot] = (byte) (flags[slot] & ~LOST | SACKED);
        sackedBytes += length;
        return true;
    }

    /** @return whether it was not so before; never for one that was selectively acknowledged */
    boolean markLost(int i) {
        int slot = slot(i);
        if ((flags[slot] & (SACKED | LOST)) != 0) {
            return false;
        }
        flags[slot] |= LOST;
        lostBytes += end[slot] - start[slot];
        return true;
    }

    /** Takes the verdict back. */
    void unmarkLost(int i) {
        int slot = slot(i);
        if ((flags[slot] & LOST) != 0) {
            flags[slot] &= ~LOST;
            lostBytes -= end[slot] - start[slot];
        }
    }

    /** The peer may throw away what it had selectively acknowledged (RFC 2018 §8); after a timeout we believe that it did. */
    void forgetSacks() {
        for (int i = 0; i < count; i++) {
            flags[slot(i)] &= ~SACKED;
        }
        sackedBytes = 0;
    }

    void resent(int i, long now) {
        unmarkLost(i);
        int slot = slot(i);
        flags[slot] |= RESENT;
        sentAt[slot] = now;
    }

    /** Index of the segment that holds a number, {@link #count} if it is beyond the last one, 0 if it is before the first. */
    int indexOf(int sequence) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Sequence.lessOrEqual(end[slot(middle)], sequence)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Cuts every segment longer than {@code most}: the path takes only shorter ones now. */
    void split(int most) {
        int pieces = 0;
        for (int i = 0; i < count; i++) {
            pieces += Math.max(1, (length(i) + most - 1) / most);
        }
        if (pieces == count) {
            return;
        }
        int capacity = Integer.highestOneBit(Math.max(pieces, LEAST_CAPACITY) * 2 - 1);
        int[] newStart = new int[capacity];
        int[] newEnd = new int[capacity];
        long[] newSentAt = new long[capacity];
        byte[] newFlags = new byte[capacity];
        int n = 0;
        for (int i = 0; i < count; i++) {
            int slot = slot(i);
            int from = start[slot];
            while (from != end[slot]) {
                int to = Sequence.min(from + most, end[slot]);
                newStart[n] = from;
                newEnd[n] = to;
                newSentAt[n] = sentAt[slot];
                newFlags[n++] = (byte) (to == end[slot] ? flags[slot] : flags[slot] & ~FIN);
                from = to;
            }
        }
        start = newStart;
        end = newEnd;
        sentAt = newSentAt;
        flags = newFlags;
        first = 0;
        count = n;
    }

    void clear() {
        count = 0;
        sackedBytes = 0;
        lostBytes = 0;
    }
}
