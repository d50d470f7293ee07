package dev.ristretto.kernel.thread;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/**
 * Threads with a deadline, as a binary heap with the earliest on top. Room for every thread is made when the thread is created, so
 * that going to sleep cannot fail. The scheduler's lock is held.
 */
final class Sleepers {
    private Pointer slots = Word.nullPointer();
    private int capacity;
    private int count;

    /** True when {@code threads} sleepers fit. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    boolean fits(int threads) {
        return threads <= capacity;
    }

    /** Moves into a larger array of {@code slotCount} words; returns the old one, to be freed. */
    @Uninterruptible(reason = KERNEL_CODE)
    Pointer adopt(Pointer larger, int slotCount) {
        for (int i = 0; i < count; i++) {
            larger.writeWord(8 * i, slots.readWord(8 * i));
        }
        Pointer old = slots;
        slots = larger;
        capacity = slotCount;
        return old;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void add(KThread thread) {
        count++;
        up(count - 1, thread);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void remove(KThread thread) {
        int hole = thread.getSleeperIndex();
        thread.setSleeperIndex(-1);
        count--;
        if (hole != count) {
            KThread last = at(count);
            if (hole > 0 && last.getDeadline() < at((hole - 1) / 2).getDeadline()) {
                up(hole, last);
            } else {
                down(hole, last);
            }
        }
    }

    /** The thread with the earliest deadline, or null. */
    @Uninterruptible(reason = KERNEL_CODE)
    KThread first() {
        return count == 0 ? Word.nullPointer() : at(0);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void up(int from, KThread thread) {
        int index = from;
        while (index > 0 && thread.getDeadline() < at((index - 1) / 2).getDeadline()) {
            put(index, at((index - 1) / 2));
            index = (index - 1) / 2;
        }
        put(index, thread);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void down(int from, KThread thread) {
        int index = from;
        while (2 * index + 1 < count) {
            int child = 2 * index + 1;
            if (child + 1 < count && at(child + 1).getDeadline() < at(child).getDeadline()) {
                child++;
            }
            if (thread.getDeadline() <= at(child).getDeadline()) {
                break;
            }
            put(index, at(child));
            index = child;
        }
        put(index, thread);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private KThread at(int index) {
        return slots.readWord(8 * index);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private void put(int index, KThread thread) {
        slots.writeWord(8 * index, thread);
        thread.setSleeperIndex(index);
    }
}
