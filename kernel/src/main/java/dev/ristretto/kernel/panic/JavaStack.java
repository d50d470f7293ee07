package dev.ristretto.kernel.panic;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;
import static com.oracle.svm.core.heap.RestrictHeapAccess.Access.NO_ALLOCATION;

import com.oracle.svm.core.NeverInline;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.graal.nodes.WriteCurrentVMThreadNode;
import com.oracle.svm.core.heap.RestrictHeapAccess;
import com.oracle.svm.core.log.Log;
import com.oracle.svm.core.stack.StackOverflowCheck;
import com.oracle.svm.core.stack.ThreadStackPrinter;
import com.oracle.svm.core.stack.ThreadStackPrinter.StackFramePrintVisitor;
import com.oracle.svm.core.thread.VMThreads;
import com.oracle.svm.core.thread.VMThreads.SafepointBehavior;
import dev.ristretto.kernel.thread.KThread;
import dev.ristretto.kernel.thread.Scheduler;
import dev.ristretto.machine.FaultContext;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.IsolateThread;
import org.graalvm.nativeimage.c.function.CodePointer;
import org.graalvm.word.Pointer;

/** The Java frames at a fault: method, file and line, decoded from the image's own tables without allocating. */
final class JavaStack {
    private static final StackFramePrintVisitor VISITOR = new StackFramePrintVisitor();

    private JavaStack() {
    }

    /** Prints the frames of the thread that ran, if it is a Java thread. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void print(FaultContext context) {
        IsolateThread thread = findThread(Scheduler.current());
        if (thread.isNull()) {
            Report.text("  (no Java thread was running)\n");
            return;
        }
        WriteCurrentVMThreadNode.writeCurrentVMThread(thread);
        walk(thread, (Pointer) context.stackPointer(), (CodePointer) context.instructionPointer());
    }

    /** The Java thread on top of a kernel thread; not taken from the thread register, which the fault may have left with anything. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static IsolateThread findThread(KThread thread) {
        if (thread.isNull() || !VMThreads.isInitialized()) {
            return Word.nullPointer();
        }
        IsolateThread at = VMThreads.firstThreadUnsafe();
        while (at.isNonNull() && VMThreads.getOSThreadHandle(at).notEqual(thread)) {
            at = VMThreads.nextThread(at);
        }
        return at;
    }

    @NeverInline("The thread register is set in the caller.")
    @Uninterruptible(reason = "Safepoints are switched off first.", calleeMustBe = false)
    @RestrictHeapAccess(access = NO_ALLOCATION, reason = "Memory may be exhausted or damaged.")
    private static void walk(IsolateThread thread, Pointer stackPointer, CodePointer instructionPointer) {
        SafepointBehavior.preventSafepoints();
        StackOverflowCheck.singleton().disableStackOverflowChecksForFatalError();
        ThreadStackPrinter.printStacktrace(thread, stackPointer, instructionPointer, VISITOR.reset(1), Log.log());
    }
}
