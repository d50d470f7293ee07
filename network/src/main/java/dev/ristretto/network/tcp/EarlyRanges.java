package dev.ristretto.network.tcp;

/**
 * Which sequence numbers beyond the first gap have arrived: a few ranges in order, none touching another. The source of the SACK blocks
 * that a receiver reports (RFC 2018 §4).
 */
final class EarlyRanges {
    /** More gaps than this and a segment that opens another is dropped; the peer sends it again. */
    static final int MOST = 32;

    private final int[] from = new int[MOST];
    private final int[] to = new int[MOST];
    private final int[] age = new int[MOST];
    private int count;
    private int clock;

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

    /** Whether a range contains all of this one already. */
    boolean contains(int start, int end) {
        for (int i = 0; i < count; i++) {
            if (Sequence.lessOrEqual(from[i], start) && Sequence.lessOrEqual(end, to[i])) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@link #add} would find a place: there is one, or the range touches another. */
    boolean canAdd(int start, int end) {
        if (count < MOST) {
            return true;
        }
        for (int i = 0; i < count; i++) {
            if (Sequence.lessOrEqual(from[i], end) && Sequence.lessOrEqual(start, to[i])) {
                return true;
            }
        }
        return false;
    }

    void add(int start, int end) {
        int low = 0;
        while (low < count && Sequence.less(to[low], start)) {
            low++;
        }
        int high = low;
        int newFrom = start;
        int newTo = end;
        while (high < count && Sequence.lessOrEqual(from[high], end)) {
            newFrom = Sequence.min(newFrom, from[high]);
            newTo = Sequence.max(newTo, to[high]);
            high++;
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
        int bound = Integer.MAX_VALUE;
        while (segment.sackBlocks < most) {
            int best = -1;
            for (int i = 0; i < count; i++) {
                if (age[i] < bound && (best < 0 || age[i] > age[best])) {
                    best = i;
                }
            }
            if (best < 0) {
                return;
            }
            bound = age[best];
            segment.sackFrom[segment.sackBlocks] = from[best];
            segment.sackTo[segment.sackBlocks++] = to[best];
        }
    }

    void clear() {
        count = 0;
    }
}
