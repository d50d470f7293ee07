package dev.ristretto.kernel.thread;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.kernel.memory.NativeHeap;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.WordBase;

/** One word a thread and key, without a Java thread. Keys are numbers from 1 to {@link #LIMIT}. */
public final class ThreadLocals {
    /** Keys that can be in use at once. */
    public static final int LIMIT = 64;

    private static long used;

    private ThreadLocals() {
    }

    /** A new key, whose value is zero in every thread; 0 if all are in use. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static int create() {
        long held = Scheduler.LOCK.acquire();
        int bit = Long.numberOfTrailingZeros(~used);
        if (bit < LIMIT) {
            used |= 1L << bit;
        }
        Scheduler.LOCK.release(held);
        return bit < LIMIT ? bit + 1 : 0;
    }

    /** Gives a key back. Values that threads have under it become those of its next owner: clear them before. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void delete(int key) {
        long held = Scheduler.LOCK.acquire();
        used &= ~(1L << key - 1);
        Scheduler.LOCK.release(held);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    public static <T extends WordBase> T get(int key) {
        Pointer locals = Scheduler.current().getLocals();
        return locals.isNull() ? Word.zero() : locals.readWord(8 * (key - 1));
    }

    /** False if memory is short. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean set(int key, WordBase value) {
        KThread thread = Scheduler.current();
        if (thread.getLocals().isNull()) {
            thread.setLocals(NativeHeap.allocateZeroed(Word.unsigned(8 * LIMIT)));
        }
        if (thread.getLocals().isNull()) {
            return false;
        }
        thread.getLocals().writeWord(8 * (key - 1), value);
        return true;
    }
}
