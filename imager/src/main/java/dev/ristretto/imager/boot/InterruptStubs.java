package dev.ristretto.imager.boot;

import jdk.graal.compiler.asm.amd64.AMD64Address;
import jdk.graal.compiler.asm.amd64.AMD64Assembler.ConditionFlag;
import jdk.graal.compiler.asm.Label;
import jdk.vm.ci.amd64.AMD64;
import jdk.vm.ci.code.Register;

/**
 * Interrupt and exception entry, and the switch from one thread to another.
 *
 * <p>An interrupt saves everything the interrupted thread owns, general registers and vector state, straight into that thread's
 * context, and on the way out resumes whatever context is then the current one: preemption is nothing but the scheduler changing
 * {@code ristretto_current} in between. A thread that gives up the CPU itself saves only what the calling convention makes it
 * keep. Exceptions use contexts of their own, so that a fault inside an interrupt handler does not destroy the thread's.
 */
final class InterruptStubs {
    static final int VECTORS = 256;
    /** Bytes from one stub to the next; the Java side computes the address of stub n from this. */
    static final int STUB_SIZE = 16;

    private InterruptStubs() {
    }

    static void emit(BootAssembler a) {
        stubs(a);
        entry(a, "ristretto_irq_common", "ristretto_current", true, "ristretto_interrupt");
        entry(a, "ristretto_fault_common", "ristretto_fault_context", false, "ristretto_fault");
        entry(a, "ristretto_abort_common", "ristretto_abort_context", false, "ristretto_abort");
        resume(a);
        switchTo(a);
        threadEntry(a);
    }

    /** One stub a vector: makes the stack look the same with and without an error code (SDM vol. 3 §7.13), names the vector. */
    private static void stubs(BootAssembler a) {
        a.routine("ristretto_interrupt_stubs");
        int start = a.position();
        for (int vector = 0; vector < VECTORS; vector++) {
            if (!pushesErrorCode(vector)) {
                a.bytes(0x6A, 0); // push 0
            }
            a.bytes(0x68);
            a.emitInt(vector); // push vector
            a.jmpSymbol(vector >= 32 ? "ristretto_irq_common" : isAbort(vector) ? "ristretto_abort_common" : "ristretto_fault_common");
            while (a.position() < start + (vector + 1) * STUB_SIZE) {
                a.int3();
            }
        }
    }

    private static boolean pushesErrorCode(int vector) {
        return switch (vector) {
            case 8, 10, 11, 12, 13, 14, 17, 21, 29, 30 -> true;
            default -> false;
        };
    }

    /** NMI, double fault, machine check: can strike in the middle of anything, another exception included. */
    private static boolean isAbort(int vector) {
        return vector == 2 || vector == 8 || vector == 18;
    }

    private static void entry(BootAssembler a, String name, String context, boolean indirect, String handler) {
        a.routine(name);
        a.push(AMD64.rax);
        if (indirect) {
            a.load(AMD64.rax, context);
        } else {
            a.address(AMD64.rax, context);
        }
        for (Register register : Context.GENERAL) {
            if (!register.equals(AMD64.rax)) {
                a.movq(new AMD64Address(AMD64.rax, Context.offsetOf(register)), register);
            }
        }
        int[] pushed = {Context.offsetOf(AMD64.rax), Context.VECTOR, Context.ERROR, Context.RIP, Context.CS, Context.RFLAGS, Context.RSP,
            Context.SS};
        for (int offset : pushed) {
            a.pop(AMD64.rbx);
            a.movq(new AMD64Address(AMD64.rax, offset), AMD64.rbx);
        }
        if (!indirect) {
            a.bytes(0x0F, 0x20, 0xD3); // mov rbx, cr2: the address of a page fault
            a.movq(new AMD64Address(AMD64.rax, Context.CR2), AMD64.rbx);
        }
        a.movl(new AMD64Address(AMD64.rax, Context.KIND), 1);
        a.movq(AMD64.rbx, AMD64.rax);
        a.movq(AMD64.rdi, new AMD64Address(AMD64.rax, Context.VECTOR_STATE));
        allComponents(a);
        a.bytes(0x48, 0x0F, 0xAE, 0x27); // xsave64 [rdi], SDM vol. 1 §13.7
        a.cld();
        a.movq(AMD64.rdi, AMD64.rbx);
        a.movl(AMD64.rbp, 0);
        a.load(AMD64.r14, "ristretto_heap_base");
        a.movl(AMD64.r15, 0);
        a.callSymbol(handler);
        if (indirect) {
            a.load(AMD64.rbx, context);
        }
        a.jmpSymbol("ristretto_resume");
    }

    /** EDX:EAX = all ones: every state component that XCR0 has on. */
    private static void allComponents(BootAssembler a) {
        a.movl(AMD64.rax, -1);
        a.movl(AMD64.rdx, -1);
    }

    /** Continues the context in RBX. Interrupts are off; the stack is any that may be scribbled below. */
    private static void resume(BootAssembler a) {
        a.routine("ristretto_resume");
        Label interrupted = new Label();
        a.cmpl(new AMD64Address(AMD64.rbx, Context.KIND), 0);
        a.jcc(ConditionFlag.NotEqual, interrupted);
        a.movq(AMD64.rsp, new AMD64Address(AMD64.rbx, Context.STACK));
        a.popfq();
        for (Register register : new Register[] {AMD64.r15, AMD64.r14, AMD64.r13, AMD64.r12, AMD64.rbp, AMD64.rbx}) {
            a.pop(register);
        }
        a.ret(0);

        a.bind(interrupted);
        a.movq(AMD64.rdi, new AMD64Address(AMD64.rbx, Context.VECTOR_STATE));
        allComponents(a);
        a.bytes(0x48, 0x0F, 0xAE, 0x2F); // xrstor64 [rdi], SDM vol. 1 §13.8
        for (int offset : new int[] {Context.SS, Context.RSP, Context.RFLAGS, Context.CS, Context.RIP}) {
            a.push(new AMD64Address(AMD64.rbx, offset));
        }
        for (Register register : Context.GENERAL) {
            if (!register.equals(AMD64.rbx)) {
                a.movq(register, new AMD64Address(AMD64.rbx, Context.offsetOf(register)));
            }
        }
        a.movq(AMD64.rbx, new AMD64Address(AMD64.rbx, Context.offsetOf(AMD64.rbx)));
        a.iretq();
    }

    /** (context): leaves the current thread and continues another; returns when somebody switches back. Interrupts are off. */
    private static void switchTo(BootAssembler a) {
        a.routine("ristretto_cpu_switch");
        for (Register register : new Register[] {AMD64.rbx, AMD64.rbp, AMD64.r12, AMD64.r13, AMD64.r14, AMD64.r15}) {
            a.push(register);
        }
        a.pushfq();
        a.address(AMD64.rcx, "ristretto_current");
        a.movq(AMD64.rax, new AMD64Address(AMD64.rcx, 0));
        a.movl(new AMD64Address(AMD64.rax, Context.KIND), 0);
        a.movq(new AMD64Address(AMD64.rax, Context.STACK), AMD64.rsp);
        a.movq(new AMD64Address(AMD64.rcx, 0), AMD64.rdi);
        a.movq(AMD64.rbx, AMD64.rdi);
        a.jmpSymbol("ristretto_resume");
    }

    /** Where a new thread starts: R12 is its function, R13 the argument (put there by {@code ThreadStack} on the Java side). */
    private static void threadEntry(BootAssembler a) {
        a.routine("ristretto_thread_entry");
        a.callSymbol("ristretto_thread_begin");
        a.movq(AMD64.rdi, AMD64.r13);
        a.call(AMD64.r12);
        a.movq(AMD64.rdi, AMD64.rax);
        a.callSymbol("ristretto_thread_end");
        a.ud2();
    }
}
