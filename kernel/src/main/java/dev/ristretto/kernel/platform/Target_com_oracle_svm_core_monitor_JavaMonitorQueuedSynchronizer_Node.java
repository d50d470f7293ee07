package dev.ristretto.kernel.platform;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread in the queue of a monitor. Parking returns at once in a thread that is interrupted, and the loop that waits for a monitor leaves
 * the interrupt standing, as it must: so an interrupted thread goes round that loop without a pause. A virtual thread that does so keeps
 * its carrier from the thread that is next in the queue, and where there is one carrier for both, neither ever gets the monitor.
 */
@TargetClass(className = "com.oracle.svm.core.monitor.JavaMonitorQueuedSynchronizer", innerClass = "Node")
final class Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer_Node {
    /** Before an interrupted thread looks again, if nobody wakes it. */
    private static final long PAUSE_NANOS = 1_000_000;

    @Alias
    volatile int status;

    private Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer_Node() {
    }

    /**
     * Called each time after parking: parks for a while if that returned because of an interrupt. Yielding would not do: threads that yield
     * to each other come before those that were woken from outside. The flag is put aside meanwhile, without its lock, which is a monitor;
     * only the thread itself ever clears it, and if another one sets it again nothing is lost.
     */
    @Substitute
    void clearStatus() {
        Thread current = Thread.currentThread();
        // Without a status it has been signalled and is to look at once.
        if (status != 0 && current.isVirtual()) {
            Target_java_lang_Thread_Interrupt flag = SubstrateUtil.cast(current, Target_java_lang_Thread_Interrupt.class);
            if (flag.interrupted) {
                flag.interrupted = false;
                LockSupport.parkNanos(PAUSE_NANOS);
                flag.interrupted = true;
            }
        }
        status = 0;
    }
}
