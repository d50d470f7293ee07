package dev.ristretto.kernel.platform;

import com.oracle.svm.core.SubstrateDiagnostics.ErrorContext;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.log.Log;
import dev.ristretto.machine.Machine;

/** SubstrateVM's own version asks a class for the Java version that exists only with its JNI libraries. */
@TargetClass(className = "com.oracle.svm.core.SubstrateDiagnostics$DumpRuntimeInfo")
final class Target_com_oracle_svm_core_SubstrateDiagnostics_DumpRuntimeInfo {
    private Target_com_oracle_svm_core_SubstrateDiagnostics_DumpRuntimeInfo() {
    }

    @Substitute
    @SuppressWarnings("unused")
    public void printDiagnostics(Log log, ErrorContext context, int maxDiagnosticLevel, int invocationCount) {
        log.string("Runtime information:").indent(true);
        log.string("Memory of the machine (bytes): ").unsigned(Machine.get().memorySize()).newline();
        log.string("Up (ms): ").signed(Machine.get().nanoTime() / 1_000_000).indent(false);
    }
}
