package dev.ristretto.machine;

import org.graalvm.word.UnsignedWord;

/** The state of the CPU at a fault, for the panic report. All methods are callable in a panic. */
public interface FaultContext {
    /** Number of the exception. */
    int vector();

    /** Short name of the exception, pure ASCII, for example {@code "page fault"}. */
    String name();

    /** Error code that the CPU pushed, 0 if none. */
    long error();

    /** Faulting address of a page fault. */
    UnsignedWord address();

    UnsignedWord instructionPointer();

    UnsignedWord stackPointer();

    UnsignedWord framePointer();

    /** Number of registers in the report. */
    int registers();

    /** Name of a register. */
    String registerName(int index);

    /** Value of a register. */
    UnsignedWord registerValue(int index);
}
