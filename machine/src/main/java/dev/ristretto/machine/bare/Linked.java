package dev.ristretto.machine.bare;

import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import org.graalvm.word.Pointer;

/** Places in the image that the boot code and the linker define. */
final class Linked {
    static final CGlobalData<Pointer> IMAGE_BEGIN = CGlobalDataFactory.forSymbol("ristretto_image_begin");
    static final CGlobalData<Pointer> IMAGE_END = CGlobalDataFactory.forSymbol("ristretto_image_end");
    static final CGlobalData<Pointer> PML4 = CGlobalDataFactory.forSymbol("ristretto_pml4");

    static final CGlobalData<Pointer> ENTRY_TSC = CGlobalDataFactory.forSymbol("ristretto_entry_tsc");
    /** Pointer to the context that runs. */
    static final CGlobalData<Pointer> CURRENT = CGlobalDataFactory.forSymbol("ristretto_current");
    /** What interrupt entry loads into the heap base register before it calls Java. */
    static final CGlobalData<Pointer> HEAP_BASE = CGlobalDataFactory.forSymbol("ristretto_heap_base");

    static final CGlobalData<Pointer> GDT = CGlobalDataFactory.forSymbol("ristretto_gdt");
    static final CGlobalData<Pointer> TSS = CGlobalDataFactory.forSymbol("ristretto_tss");
    static final CGlobalData<Pointer> IDT = CGlobalDataFactory.forSymbol("ristretto_idt");
    static final CGlobalData<Pointer> IDTR = CGlobalDataFactory.forSymbol("ristretto_idtr");
    static final CGlobalData<Pointer> STUBS = CGlobalDataFactory.forSymbol("ristretto_interrupt_stubs");
    static final CGlobalData<Pointer> THREAD_ENTRY = CGlobalDataFactory.forSymbol("ristretto_thread_entry");

    static final CGlobalData<Pointer> BOOT_CONTEXT = CGlobalDataFactory.forSymbol("ristretto_boot_context");
    static final CGlobalData<Pointer> BOOT_VECTOR_STATE = CGlobalDataFactory.forSymbol("ristretto_boot_vector_state");
    static final CGlobalData<Pointer> FAULT_CONTEXT = CGlobalDataFactory.forSymbol("ristretto_fault_context");
    static final CGlobalData<Pointer> FAULT_VECTOR_STATE = CGlobalDataFactory.forSymbol("ristretto_fault_vector_state");
    static final CGlobalData<Pointer> ABORT_CONTEXT = CGlobalDataFactory.forSymbol("ristretto_abort_context");
    static final CGlobalData<Pointer> ABORT_VECTOR_STATE = CGlobalDataFactory.forSymbol("ristretto_abort_vector_state");

    static final CGlobalData<Pointer> FAULT_STACK_TOP = CGlobalDataFactory.forSymbol("ristretto_fault_stack_top");
    static final CGlobalData<Pointer> IRQ_STACK_TOP = CGlobalDataFactory.forSymbol("ristretto_irq_stack_top");
    static final CGlobalData<Pointer> NMI_STACK_TOP = CGlobalDataFactory.forSymbol("ristretto_nmi_stack_top");
    static final CGlobalData<Pointer> DOUBLE_FAULT_STACK_TOP = CGlobalDataFactory.forSymbol("ristretto_double_fault_stack_top");
    static final CGlobalData<Pointer> MACHINE_CHECK_STACK_TOP = CGlobalDataFactory.forSymbol("ristretto_machine_check_stack_top");

    private Linked() {
    }
}
