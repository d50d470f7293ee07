package dev.ristretto.kernel.platform;

import com.oracle.svm.core.SubstrateUtil;
import java.util.concurrent.locks.LockSupport;

/** How an interrupted virtual thread waits for a monitor. */
final class InterruptedWait {
    /** Before an interrupted thread looks again, if nobody wakes it. */
    private static final long PAUSE_NANOS = 1_000_000;

    private InterruptedWait() {
    }

    /**
     * Parks the current thread for a moment if it is virtual and interrupted. Yielding would not do: threads that yield to each other come
     * before those that were woken from outside. The flag is put aside meanwhile, without its lock, which is a monitor; only the thread
     * itself ever clears it, and if another one sets it again nothing is lost.
     */
    static void pause() {
        Thread current = Thread.currentThread();
        if (current.isVirtual()) {
            Target_java_lang_Thread_Interrupt flag = SubstrateUtil.cast(current, Target_java_lang_Thread_Interrupt.class);
            if (flag.interrupted) {
                flag.interrupted = false;
                LockSupport.parkNanos(PAUSE_NANOS);
                flag.interrupted = true;
            }
        }
    }
}
