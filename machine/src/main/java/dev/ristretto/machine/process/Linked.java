package dev.ristretto.machine.process;

import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import org.graalvm.word.Pointer;

/** Places in the image that the boot code and the linker define. */
final class Linked {
    static final CGlobalData<Pointer> IMAGE_BEGIN = CGlobalDataFactory.forSymbol("ristretto_image_begin");
    static final CGlobalData<Pointer> IMAGE_END = CGlobalDataFactory.forSymbol("ristretto_image_end");
    /** Pointer to the context that runs. */
    static final CGlobalData<Pointer> CURRENT = CGlobalDataFactory.forSymbol("ristretto_current");
    /** What the signal handlers load into the heap base register before they call Java. */
    static final CGlobalData<Pointer> HEAP_BASE = CGlobalDataFactory.forSymbol("ristretto_heap_base");
    static final CGlobalData<Pointer> BOOT_CONTEXT = CGlobalDataFactory.forSymbol("ristretto_boot_context");
    static final CGlobalData<Pointer> THREAD_ENTRY = CGlobalDataFactory.forSymbol("ristretto_thread_entry");

    /** Signals that came while interrupts were disabled: bit n (4 bytes) for signal n, and {@link Interrupts#ARM}. */
    static final CGlobalData<Pointer> PENDING = CGlobalDataFactory.forSymbol("ristretto_process_pending");
    /** Address of the function behind {@link Linux#clock}. */
    static final CGlobalData<Pointer> CLOCK = CGlobalDataFactory.forSymbol("ristretto_process_clock_function");
    static final CGlobalData<Pointer> CLOCK_SYSTEM_CALL = CGlobalDataFactory.forSymbol("ristretto_process_clock_system_call");
    static final CGlobalData<Pointer> SIGNAL_HANDLER = CGlobalDataFactory.forSymbol("ristretto_process_signal");
    static final CGlobalData<Pointer> FAULT_HANDLER = CGlobalDataFactory.forSymbol("ristretto_process_fault");
    static final CGlobalData<Pointer> RESTORER = CGlobalDataFactory.forSymbol("ristretto_process_restorer");
    /** The signal stack. */
    static final CGlobalData<Pointer> SIGNAL_STACK = CGlobalDataFactory.forSymbol("ristretto_fault_stack");
    static final CGlobalData<Pointer> SIGNAL_STACK_TOP = CGlobalDataFactory.forSymbol("ristretto_fault_stack_top");
    /** Top level of {@link Mappings}, {@link Mappings#ROOT_BYTES} zeroes. */
    static final CGlobalData<Pointer> MAPPINGS = CGlobalDataFactory.forSymbol("ristretto_process_mappings");
    /** Input that was read and that nobody has taken yet, {@link StandardStreams#INPUT} bytes. */
    static final CGlobalData<Pointer> INPUT = CGlobalDataFactory.forSymbol("ristretto_process_input");

    private Linked() {
    }
}
