package dev.ristretto.machine.bare;

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

/**
 * Where the boot code calls Java. None of these has a Java thread: the heap base register is set by the first, and by interrupt
 * entry from then on.
 */
final class EntryPoints {
    private EntryPoints() {
    }

    /** From the boot code, on the boot stack, interrupts disabled. */
    @Uninterruptible(reason = "No thread state.")
    @CEntryPoint(name = "ristretto_start")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    static void start(Pointer startInfo) {
        UnsignedWord heapBase = Isolates.IMAGE_HEAP_BEGIN.get().subtract(Heap.getHeap().getImageHeapOffsetInAddressSpace());
        Linked.HEAP_BASE.get().writeWord(0, heapBase);
        CEntryPointSnippets.initBaseRegisters((Pointer) heapBase);
        begin(startInfo);
    }

    @NeverInline("Reads of the image heap must not float above the setting of its base.")
    @Uninterruptible(reason = "No thread state.")
    private static void begin(Pointer startInfo) {
        MachineEvents.get().begin(startInfo);
    }

    /** From interrupt entry, vectors from 32, on the interrupt stack. */
    @Uninterruptible(reason = "No thread state.")
    @CEntryPoint(name = "ristretto_interrupt")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    static void interrupt(Pointer context) {
        BareMachine.get().interrupt(context);
    }

    /** From interrupt entry, exceptions, on the fault stack. Returns if the access may be repeated. */
    @Uninterruptible(reason = "No thread state.")
    @CEntryPoint(name = "ristretto_fault")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    static void fault(Pointer context) {
        BareMachine.get().fault(context);
    }

    /** From interrupt entry: NMI, double fault, machine check, each on a stack of its own. Does not return. */
    @Uninterruptible(reason = "No thread state.")
    @CEntryPoint(name = "ristretto_abort")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    static void abort(Pointer context) {
        BareMachine.get().fault(context);
    }

    @Uninterruptible(reason = "No thread state.")
    @CEntryPoint(name = "ristretto_thread_begin")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    static void threadBegin() {
        MachineEvents.get().threadBegins();
    }

    @Uninterruptible(reason = "No thread state.")
    @CEntryPoint(name = "ristretto_thread_end")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    static void threadEnd(long result) {
        MachineEvents.get().threadEnds(result);
    }
}
