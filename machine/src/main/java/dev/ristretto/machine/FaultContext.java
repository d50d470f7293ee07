package dev.ristretto.machine;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.UnsignedWord;

/** The state of the CPU at a fault, for the panic report. All methods are callable in a panic. */
public interface FaultContext {
    /** Number of the exception. */
    @Uninterruptible(reason = KERNEL_CODE)
    int vector();

    /** Short name of the exception, pure ASCII, for example {@code "page fault"}. */
    @Uninterruptible(reason = KERNEL_CODE)
    String name();

    /** Error code that the CPU pushed, 0 if none. */
    @Uninterruptible(reason = KERNEL_CODE)
    long error();

    /** Faulting address of a page fault. */
    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord address();

    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord instructionPointer();

    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord stackPointer();

    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord framePointer();

    /** Number of registers in the report. */
    @Uninterruptible(reason = KERNEL_CODE)
    int registers();

    /** Name of a register. */
    @Uninterruptible(reason = KERNEL_CODE)
    String registerName(int index);

    /** Value of a register. */
    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord registerValue(int index);
}
