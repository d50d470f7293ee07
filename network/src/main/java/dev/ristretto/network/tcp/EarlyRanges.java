package dev.ristretto.network.tcp;

import java.util.Arrays;

/**
 * Which sequence numbers beyond the first gap have arrived: ranges in order, none touching another. The source of the SACK blocks
 * that a receiver reports (RFC 2018 §4).
 * <p>
 * When a queue overflows on the way, every other segment may be missing, for a whole window. So there can be many; but beyond the first few, ranges must
 * be {@link #WORTH} bytes long on average, so that what is noted about the bytes takes a small part of the memory that the bytes themselves take.
 */
final class EarlyRanges {
    /** So many there may be in any case. */
    static final int FEW = 32;
    /** More than that never; the segment that opens another gap is dropped, and the peer sends it again. */
    static final int MOST = 4096;
    /** Bytes for each range beyond the first few. */
    static final int WORTH = 256;
    /** SACK blocks in a segment. */
    private static final int MOST_BLOCKS = 4;
    private static final int[] NONE = {};

    private int[] from = NONE;
    private int[] to = NONE;
    /** When something was last added to it: the value of the clock. */
    private int[] age = NONE;
    private int count;
    private int clock;
    private int bytes;

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    int from(int i) {
        return from[i];
    }

    int to(int i) {
        return to[i];
    }

    /** The number after the last early byte; only if there is one. */
    int end() {
        return to[count - 1];
    }

    /** The first range that ends at a number or behind it; {@link #count} if there is none. */
    private int indexOf(int number) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Sequence.less(to[middle], number)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether a range contains all of this one already. */
    boolean contains(int start, int end) {
        int i = indexOf(end);
        return i < count && Sequence.lessOrEqual(from[i], start);
    }

    /** Whether {@link #add} would find a place: there is one, or the range touches another. */
    boolean canAdd(int start, int end) {
        if (count < FEW || count < MOST && count * WORTH <= bytes) {
            return true;
        }
        int i = indexOf(start);
        return i < count && Sequence.lessOrEqual(from[i], end);
    }

    /** Adds a range for which there is place. */
    void add(int start, int end) {
        int low = indexOf(start);
        int high = low;
        int newFrom = start;
        int newTo = end;
        while (high < count && Sequence.lessOrEqual(from[high], end)) {
            newFrom = Sequence.min(newFrom, from[high]);
            newTo = Sequence.max(newTo, to[high]);
            bytes -= to[high] - from[high];
            high++;
        }
        if (high == low && count == from.length) {
            int capacity = Math.max(2 * count, 8);
            from = Arrays.copyOf(from, capacity);
            to = Arrays.copyOf(to, capacity);
            age = Arrays.copyOf(age, capacity);
        }
        int moved = count - high;
        int target = low + 1;
        if (target != high && moved > 0) {
            System.arraycopy(from, high, from, target, moved);
            System.arraycopy(to, high, to, target, moved);
            System.arraycopy(age, high, age, target, moved);
        }
        from[low] = newFrom;
        to[low] = newTo;
        age[low] = ++clock;
        bytes += newTo - newFrom;
        count = target + moved;
    }

    /**
     * The first gap is filled up to a number: ranges that it reaches belong to the stream now.
     *
     * @return where the first gap is then
     */
    int takeUpTo(int next) {
        int reached = next;
        int taken = 0;
        while (taken < count && Sequence.lessOrEqual(from[taken], reached)) {
            reached = Sequence.max(reached, to[taken]);
            bytes -= to[taken] - from[taken];
            taken++;
        }
        if (taken > 0) {
            count -= taken;
            System.arraycopy(from, taken, from, 0, count);
            System.arraycopy(to, taken, to, 0, count);
            System.arraycopy(age, taken, age, 0, count);
        }
        return reached;
    }

    /** Adds SACK blocks to a segment, the latest first (RFC 2018 §4), until it has {@code most} of them. */
    void report(Segment segment, int most) {
        int first = segment.sackBlocks;
        int[] latest = segment.sackFrom; // Which ranges they are, until they are written.
        int last = first;
        for (int i = 0; i < count; i++) {
            int at = last;
            while (at > first && age[i] - age[latest[at - 1]] > 0) {
                at--;
            }
            if (at < most) {
                last = Math.min(last + 1, most);
                for (int j = last - 1; j > at; j--) {
                    latest[j] = latest[j - 1];
                }
                latest[at] = i;
            }
        }
        for (int block = first; block < last; block++) {
            int i = latest[block];
            segment.sackFrom[block] = from[i];
            segment.sackTo[block] = to[i];
        }
        segment.sackBlocks = last;
    }

    void clear() {
        count = 0;
        bytes = 0;
        from = NONE;
        to = NONE;
        age = NONE;
    }
}
