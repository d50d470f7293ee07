package dev.ristretto.kernel.platform;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * A thread in the queue of a monitor. Parking returns at once in a thread that is interrupted, and the loop that waits for a monitor leaves
 * the interrupt standing, as it must: so an interrupted thread goes round that loop without a pause. A virtual thread that does so keeps
 * its carrier from the thread that is next in the queue, and where there is one carrier for both, neither ever gets the monitor.
 */
@TargetClass(className = "com.oracle.svm.core.monitor.JavaMonitorQueuedSynchronizer", innerClass = "Node")
final class Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer_Node {
    @Alias
    volatile int status;

    private Target_com_oracle_svm_core_monitor_JavaMonitorQueuedSynchronizer_Node() {
    }

    /** Called each time after parking. */
    @Substitute
    void clearStatus() {
        // Without a status it has been signalled and is to look at once.
        if (status != 0) {
            InterruptedWait.pause();
        }
        status = 0;
    }
}
