package dev.ristretto.machine.process;

import com.oracle.svm.core.Isolates;
import com.oracle.svm.core.NeverInline;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import com.oracle.svm.core.graal.snippets.CEntryPointSnippets;
import com.oracle.svm.core.heap.Heap;
import dev.ristretto.machine.MachineEvents;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** Where the process's entry and the signal handlers call Java. None of these has a Java thread. */
final class ProcessEntryPoints {
    private ProcessEntryPoints() {
    }

    /** From the entry, on the boot stack. {@code stack} is where {@code execve} left arguments and environment. */
    @Uninterruptible(reason = "No thread state.")
    @CEntryPoint(name = "ristretto_process_start")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    static void start(Pointer stack) {
        UnsignedWord heapBase = Isolates.IMAGE_HEAP_BEGIN.get().subtract(Heap.getHeap().getImageHeapOffsetInAddressSpace());
        Linked.HEAP_BASE.get().writeWord(0, heapBase);
        CEntryPointSnippets.initBaseRegisters((Pointer) heapBase);
        begin(stack);
    }

    @NeverInline("Reads of the image heap must not float above the setting of its base.")
    @Uninterruptible(reason = "No thread state.")
    private static void begin(Pointer stack) {
        ProcessMachine.choose();
        MachineEvents.get().begin(stack);
    }

    /** Handles all signals that are noted. Interrupts are disabled; on a stack other than the threads'. */
    @Uninterruptible(reason = "No thread state.")
    @CEntryPoint(name = "ristretto_process_interrupt")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    static void interrupt() {
        ProcessMachine.get().interrupt();
    }

    /** Keeps the state of the context that a signal interrupted and that is not to go on now. */
    @Uninterruptible(reason = "No thread state.")
    @CEntryPoint(name = "ristretto_process_preempted")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    static void preempted(Pointer context, Pointer frame) {
        ProcessMachine.get().preempted(context, frame);
    }

    /** A fault, on the signal stack. Returns if the access may be repeated. */
    @Uninterruptible(reason = "No thread state.")
    @CEntryPoint(name = "ristretto_process_faulted")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    static void fault(Pointer frame) {
        ProcessMachine.get().fault(frame);
    }
}
