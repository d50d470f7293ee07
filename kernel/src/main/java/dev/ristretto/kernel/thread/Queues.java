package dev.ristretto.kernel.thread;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;

/** Operations on a {@link WaitQueue}; the scheduler's lock is held. */
final class Queues {
    private Queues() {
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static void addLast(WaitQueue queue, KThread thread) {
        thread.setNext(Word.nullPointer());
        if (queue.getHead().isNull()) {
            queue.setHead(thread);
        } else {
            queue.getTail().setNext(thread);
        }
        queue.setTail(thread);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static void addFirst(WaitQueue queue, KThread thread) {
        thread.setNext(queue.getHead());
        if (queue.getHead().isNull()) {
            queue.setTail(thread);
        }
        queue.setHead(thread);
    }

    /** The first, or null. */
    @Uninterruptible(reason = KERNEL_CODE)
    static KThread removeFirst(WaitQueue queue) {
        KThread first = queue.getHead();
        if (first.isNonNull()) {
            queue.setHead(first.getNext());
            if (queue.getHead().isNull()) {
                queue.setTail(Word.nullPointer());
            }
            first.setNext(Word.nullPointer());
        }
        return first;
    }

    /** Takes out a thread that is somewhere in the queue. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void remove(WaitQueue queue, KThread thread) {
        KThread before = Word.nullPointer();
        KThread at = queue.getHead();
        while (at.notEqual(thread)) {
            before = at;
            at = at.getNext();
        }
        if (before.isNull()) {
            queue.setHead(thread.getNext());
        } else {
            before.setNext(thread.getNext());
        }
        if (queue.getTail().equal(thread)) {
            queue.setTail(before);
        }
        thread.setNext(Word.nullPointer());
    }
}
