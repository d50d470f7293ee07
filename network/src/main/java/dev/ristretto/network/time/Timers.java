package dev.ristretto.network.time;

import java.util.Arrays;

/**
 * All timers of a stack: a binary heap. Setting a timer to a later time, which retransmission timers do with every acknowledgement, only writes the time: the heap is put
 * right when the timer's old time has come. All calls under the stack's lock.
 */
public final class Timers {
    /** No timer is set. */
    public static final long NEVER = Long.MAX_VALUE;

    private Timer[] heap = new Timer[64];
    private int size;

    /** Sets a timer, or sets it anew; {@code due} is a time as {@link dev.ristretto.network.Clock} counts, possibly past; {@link #NEVER} cancels it. */
    public void set(Timer timer, long due) {
        if (due == NEVER) {
            cancel(timer);
            return;
        }
        timer.due = due;
        if (timer.index == Timer.NOT_QUEUED) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, 2 * size);
            }
            timer.key = due;
            up(size++, timer);
        } else if (due < timer.key) {
            timer.key = due;
            up(timer.index, timer);
        }
    }

    /** Makes sure that a timer does not run; it need not be set. */
    public void cancel(Timer timer) {
        timer.due = Long.MAX_VALUE;
        if (timer.index != Timer.NOT_QUEUED) {
            remove(timer);
        }
    }

    /**
     * Runs what is due at {@code now}, in order of time, and returns when the next timer is due, or {@link #NEVER}. A timer that sets itself to
     * a time that is past runs again in the next call.
     */
    public long advance(long now) {
        // Bounded by what was there at the start, so that a timer that always sets itself to now cannot hold up everything.
        for (int left = size; left > 0 && size > 0 && heap[0].key <= now;) {
            Timer first = heap[0];
            if (first.due > first.key) {
                first.key = first.due;
                down(0, first);
                continue;
            }
            remove(first);
            first.due = Long.MAX_VALUE;
            left--;
            first.run(now);
        }
        return next();
    }

    /** Returns when the next timer is due, or {@link #NEVER}. */
    public long next() {
        while (size > 0 && heap[0].due > heap[0].key) {
            heap[0].key = heap[0].due;
            down(0, heap[0]);
        }
        return size == 0 ? NEVER : heap[0].due;
    }

    /** Returns how many timers are set. */
    public int count() {
        return size;
    }

    private void remove(Timer timer) {
        int at = timer.index;
        timer.index = Timer.NOT_QUEUED;
        Timer last = heap[--size];
        heap[size] = null;
        if (last != timer) {
            if (last.key < timer.key) {
                up(at, last);
            } else {
                down(at, last);
            }
        }
    }

    private void up(int start, Timer timer) {
        int at = start;
        while (at > 0 && heap[at - 1 >>> 1].key > timer.key) {
            put(at, heap[at - 1 >>> 1]);
            at = at - 1 >>> 1;
        }
        put(at, timer);
    }

    private void down(int start, Timer timer) {
        int at = start;
        for (;;) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && heap[child + 1].key < heap[child].key) {
                child++;
            }
            if (heap[child].key >= timer.key) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        put(at, timer);
    }

    private void put(int at, Timer timer) {
        heap[at] = timer;
        timer.index = at;
    }
}
