package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;

/**
 * Fills in the task state segment and the interrupt descriptor table. Every vector has a handler, so none can end in a silent
 * reset; each class of vectors runs on a stack of its own, so that neither a full thread stack nor a fault in a handler takes the
 * machine down without a word.
 */
final class DescriptorTables {
    private static final int CODE_SELECTOR = 0x08;
    private static final int TASK_SELECTOR = 0x18;
    private static final int VECTORS = 256;
    /** Distance of interrupt stubs; the imager's {@code InterruptStubs.STUB_SIZE}. */
    private static final int STUB_SIZE = 16;

    /** Numbers in the interrupt stack table of the TSS (SDM vol. 3 §7.14.5). */
    private static final int IST_FAULT = 1;
    private static final int IST_IRQ = 2;
    private static final int IST_NMI = 3;
    private static final int IST_DOUBLE_FAULT = 4;
    private static final int IST_MACHINE_CHECK = 5;

    private DescriptorTables() {
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static void load() {
        taskState();
        for (int vector = 0; vector < VECTORS; vector++) {
            gate(vector, stack(vector));
        }
        Pointer idtr = Linked.IDTR.get();
        idtr.writeShort(0, (short) (VECTORS * 16 - 1));
        idtr.writeWord(2, Linked.IDT.get());
        Cpu.loadTables(idtr, TASK_SELECTOR);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int stack(int vector) {
        if (vector >= 32) {
            return IST_IRQ;
        }
        return switch (vector) {
            case 2 -> IST_NMI;
            case 8 -> IST_DOUBLE_FAULT;
            case 18 -> IST_MACHINE_CHECK;
            default -> IST_FAULT;
        };
    }

    /** 64-bit task state segment (SDM vol. 3 §9.7) and its 16-byte descriptor (§9.2.3). */
    @Uninterruptible(reason = KERNEL_CODE)
    private static void taskState() {
        Pointer tss = Linked.TSS.get();
        interruptStack(tss, IST_FAULT, Linked.FAULT_STACK_TOP.get());
        interruptStack(tss, IST_IRQ, Linked.IRQ_STACK_TOP.get());
        interruptStack(tss, IST_NMI, Linked.NMI_STACK_TOP.get());
        interruptStack(tss, IST_DOUBLE_FAULT, Linked.DOUBLE_FAULT_STACK_TOP.get());
        interruptStack(tss, IST_MACHINE_CHECK, Linked.MACHINE_CHECK_STACK_TOP.get());
        tss.writeShort(102, (short) 104); // no I/O permission bitmap

        long base = tss.rawValue();
        Pointer descriptor = Linked.GDT.get().add(TASK_SELECTOR);
        long low = 104 - 1 | (base & 0xFFFFFF) << 16 | 0x89L << 40 | (base >>> 24 & 0xFF) << 56;
        descriptor.writeLong(0, low);
        descriptor.writeLong(8, base >>> 32);
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static void interruptStack(Pointer tss, int number, PointerBase top) {
        tss.writeWord(36 + 8 * (number - 1), top);
    }

    /** Interrupt gate: present, ring 0, interrupts disabled on entry (SDM vol. 3 §7.14.1). */
    @Uninterruptible(reason = KERNEL_CODE)
    private static void gate(int vector, int stack) {
        long handler = Linked.STUBS.get().rawValue() + (long) vector * STUB_SIZE;
        Pointer gate = Linked.IDT.get().add(vector * 16);
        gate.writeLong(0, handler & 0xFFFF | (long) CODE_SELECTOR << 16 | (long) stack << 32 | 0x8EL << 40 | (handler >>> 16 & 0xFFFF) << 48);
        gate.writeLong(8, handler >>> 32);
    }
}
