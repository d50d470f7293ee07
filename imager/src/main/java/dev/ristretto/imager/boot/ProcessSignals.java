package dev.ristretto.imager.boot;

import jdk.graal.compiler.asm.Label;
import jdk.graal.compiler.asm.amd64.AMD64Address;
import jdk.graal.compiler.asm.amd64.AMD64Assembler.ConditionFlag;
import jdk.vm.ci.amd64.AMD64;
import jdk.vm.ci.code.Register;

/**
 * Signals as interrupts, and the switch from one thread to another, on the process machine.
 *
 * <p>The flag {@code ristretto_process_enabled} says whether signals may interrupt. A handler that finds it clear adds the signal to
 * {@code ristretto_process_pending} and returns; whoever sets the flag looks there afterwards. Handlers run on the signal stack with all
 * signals of this kind masked, until a resumption ends the masking.
 *
 * <p>Two stretches of code are watched by the handler through the address it interrupted (restartable sequences in all but name):
 * <ul>
 * <li>between setting the flag and {@code rt_sigreturn} in a resumption: nothing of the resumed thread has been loaded, its context is
 * still whole, so nothing is saved, and the handler resumes anew;
 * <li>between looking for pending signals and {@code ppoll} in a wait: the wait is not begun.
 * </ul>
 */
final class ProcessSignals {
    private static final int RT_SIGPROCMASK = 14;
    private static final int RT_SIGRETURN = 15;
    private static final int PPOLL = 271;
    private static final int EINTR = 4;
    private static final int SIG_SETMASK = 2;
    private static final int MASK_BYTES = 8;
    /** The flag as RFLAGS has it: IF, and the bit that is always one (SDM vol. 1 §3.4.3). */
    private static final int INTERRUPT_FLAG = 1 << 9;
    private static final int ALWAYS_ONE = 2;
    private static final String ENABLED = "ristretto_process_enabled";
    private static final String PENDING = "ristretto_process_pending";
    private static final Register[] CALLEE_SAVED = {AMD64.rbx, AMD64.rbp, AMD64.r12, AMD64.r13, AMD64.r14, AMD64.r15};

    private ProcessSignals() {
    }

    static void emit(BootAssembler a) {
        int[] wait = waiting(a);
        flag(a);
        switchTo(a);
        int[] resume = resume(a);
        signal(a, wait, resume);
        fault(a);
        returnFromSignal(a, "ristretto_process_restorer");
    }

    /** Where Linux has a handler return to; RSP is at the frame. */
    private static void returnFromSignal(BootAssembler a, String name) {
        a.routine(name);
        ProcessEntryCode.call(a, RT_SIGRETURN);
        a.ud2();
    }

    /**
     * (poll descriptors, their number, timespec): {@code ppoll}, unless something is pending.
     *
     * @return begin of the watched stretch and where to go instead, as distances from the routine's begin, and the stretch's length
     */
    private static int[] waiting(BootAssembler a) {
        a.routine("ristretto_process_wait");
        int start = a.position();
        a.movl(AMD64.r10, 0);
        a.movl(AMD64.r8, MASK_BYTES);
        int begin = a.position();
        Label skip = new Label();
        a.address(AMD64.rax, PENDING);
        a.cmpl(new AMD64Address(AMD64.rax, 0), 0);
        a.jcc(ConditionFlag.NotEqual, skip);
        ProcessEntryCode.call(a, PPOLL);
        int end = a.position();
        a.ret(0);
        a.bind(skip);
        int instead = a.position();
        a.movq(AMD64.rax, -EINTR);
        a.ret(0);
        return new int[] {begin - start, instead - start, end - begin};
    }

    private static void flag(BootAssembler a) {
        // a signal between the two accesses finds the flag set, and has set it again when this goes on
        a.routine("ristretto_process_disable_interrupts");
        a.address(AMD64.rcx, ENABLED);
        a.movl(AMD64.rax, new AMD64Address(AMD64.rcx, 0));
        a.movl(new AMD64Address(AMD64.rcx, 0), 0);
        a.orl(AMD64.rax, ALWAYS_ONE);
        a.ret(0);

        a.routine("ristretto_process_restore_interrupts"); // (flag as it was)
        Label again = new Label();
        Label done = new Label();
        a.address(AMD64.rcx, ENABLED);
        a.andl(AMD64.rdi, INTERRUPT_FLAG);
        a.movl(new AMD64Address(AMD64.rcx, 0), AMD64.rdi);
        a.jcc(ConditionFlag.Zero, done); // MOV leaves the condition alone
        a.address(AMD64.rdx, PENDING);
        a.cmpl(new AMD64Address(AMD64.rdx, 0), 0);
        a.jcc(ConditionFlag.NotEqual, again);
        a.bind(done);
        a.ret(0);
        a.bind(again);
        a.movl(new AMD64Address(AMD64.rcx, 0), 0);
        a.callSymbol("ristretto_process_handle");
        a.address(AMD64.rcx, ENABLED);
        a.movl(new AMD64Address(AMD64.rcx, 0), INTERRUPT_FLAG);
        a.address(AMD64.rdx, PENDING);
        a.cmpl(new AMD64Address(AMD64.rdx, 0), 0);
        a.jcc(ConditionFlag.NotEqual, again);
        a.ret(0);

        a.routine("ristretto_process_take_pending");
        a.movl(AMD64.rax, 0);
        a.address(AMD64.rcx, PENDING);
        a.bytes(0x87, 0x01); // xchg [rcx], eax: locked by itself, hence in one step also for a signal
        a.ret(0);

        a.routine("ristretto_process_add_pending"); // (bits)
        a.address(AMD64.rcx, PENDING);
        a.bytes(0x09, 0x39); // or [rcx], edi: one instruction, and signals come between instructions
        a.ret(0);
    }

    /** Saves what the calling convention makes a function keep, and where it is, in the current context. RDX is destroyed. */
    private static void saveCurrent(BootAssembler a) {
        for (Register register : CALLEE_SAVED) {
            a.push(register);
        }
        a.load(AMD64.rdx, "ristretto_current");
        a.movl(new AMD64Address(AMD64.rdx, ProcessContext.KIND), 0);
        a.movq(new AMD64Address(AMD64.rdx, ProcessContext.STACK), AMD64.rsp);
    }

    private static void switchTo(BootAssembler a) {
        // (context): leaves the current thread and continues another; returns when somebody switches back. Interrupts are disabled.
        a.routine("ristretto_process_switch");
        saveCurrent(a);
        a.address(AMD64.rcx, "ristretto_current");
        a.movq(new AMD64Address(AMD64.rcx, 0), AMD64.rdi);
        a.movq(AMD64.rbx, AMD64.rdi);
        a.movl(AMD64.r12, 0);
        a.jmpSymbol("ristretto_process_resume");

        // handles what is pending on the interrupt stack; returns when the current thread goes on. Interrupts are disabled.
        a.routine("ristretto_process_handle");
        saveCurrent(a);
        a.movl(AMD64.r12, 0);
        a.jmpSymbol("ristretto_process_handle_and_resume");

        // the same without anything to save; R12 as of resume
        a.routine("ristretto_process_handle_and_resume");
        a.address(AMD64.rsp, "ristretto_irq_stack_top");
        callJava(a, "ristretto_process_interrupt");
        a.load(AMD64.rbx, "ristretto_current");
        a.jmpSymbol("ristretto_process_resume");
    }

    /** Calls a C entry point with no Java thread; the stack is aligned. */
    private static void callJava(BootAssembler a, String function) {
        a.movl(AMD64.rbp, 0);
        a.load(AMD64.r14, "ristretto_heap_base");
        a.movl(AMD64.r15, 0);
        a.callSymbol(function);
    }

    /**
     * Continues the context in RBX. Interrupts are disabled; R12 is 1 if signals are masked, else 0. The stack is any that may be
     * scribbled below.
     *
     * @return begin of the watched stretch as a distance from the routine's begin, and its length
     */
    private static int[] resume(BootAssembler a) {
        a.routine("ristretto_process_resume");
        int start = a.position();
        Label interrupted = new Label();
        Label unmasked = new Label();
        a.cmpl(new AMD64Address(AMD64.rbx, ProcessContext.KIND), 0);
        a.jcc(ConditionFlag.NotEqual, interrupted);
        a.testl(AMD64.r12, 1);
        a.jcc(ConditionFlag.Zero, unmasked);
        a.movl(AMD64.rdi, SIG_SETMASK);
        a.address(AMD64.rsi, "ristretto_process_no_signals");
        a.movl(AMD64.rdx, 0);
        a.movl(AMD64.r10, MASK_BYTES);
        ProcessEntryCode.call(a, RT_SIGPROCMASK);
        a.bind(unmasked);
        a.movq(AMD64.rsp, new AMD64Address(AMD64.rbx, ProcessContext.STACK));
        for (int i = CALLEE_SAVED.length - 1; i >= 0; i--) {
            a.pop(CALLEE_SAVED[i]);
        }
        a.ret(0);

        a.bind(interrupted);
        a.address(AMD64.rcx, ENABLED);
        a.address(AMD64.rdx, PENDING);
        int begin = a.position();
        Label pending = new Label();
        a.movl(new AMD64Address(AMD64.rcx, 0), INTERRUPT_FLAG);
        a.cmpl(new AMD64Address(AMD64.rdx, 0), 0);
        a.jcc(ConditionFlag.NotEqual, pending);
        a.leaq(AMD64.rsp, new AMD64Address(AMD64.rbx, ProcessContext.FRAME));
        ProcessEntryCode.call(a, RT_SIGRETURN);
        a.bind(pending);
        a.movl(new AMD64Address(AMD64.rcx, 0), 0);
        int end = a.position();
        a.jmpSymbol("ristretto_process_handle_and_resume");
        return new int[] {begin - start, end - begin};
    }

    /** (signal, info, frame): one that stands for an interrupt. */
    private static void signal(BootAssembler a, int[] wait, int[] resume) {
        a.routine("ristretto_process_signal");
        Label enabled = new Label();
        Label noted = new Label();
        Label same = new Label();
        a.movl(AMD64.rcx, AMD64.rdi);
        a.movl(AMD64.rax, 1);
        a.bytes(0xD3, 0xE0); // shl eax, cl
        a.address(AMD64.rcx, PENDING);
        a.bytes(0x09, 0x01); // or [rcx], eax
        a.address(AMD64.r8, ENABLED);
        a.movq(AMD64.rcx, new AMD64Address(AMD64.rdx, ProcessContext.FRAME_RIP));
        a.cmpl(new AMD64Address(AMD64.r8, 0), 0);
        a.jcc(ConditionFlag.NotEqual, enabled);
        a.address(AMD64.rax, "ristretto_process_wait");
        a.subq(AMD64.rcx, AMD64.rax);
        a.subq(AMD64.rcx, wait[0]);
        a.cmpq(AMD64.rcx, wait[2]);
        a.jcc(ConditionFlag.AboveEqual, noted);
        a.addq(AMD64.rax, wait[1]);
        a.movq(new AMD64Address(AMD64.rdx, ProcessContext.FRAME_RIP), AMD64.rax);
        a.bind(noted);
        a.ret(0);

        a.bind(enabled);
        a.movl(new AMD64Address(AMD64.r8, 0), 0);
        a.movq(AMD64.rbx, AMD64.rdx);
        a.load(AMD64.r12, "ristretto_current");
        a.address(AMD64.rax, "ristretto_process_resume");
        a.subq(AMD64.rcx, AMD64.rax);
        a.subq(AMD64.rcx, resume[0]);
        a.movl(AMD64.r13, 0);
        Label outside = new Label();
        a.cmpq(AMD64.rcx, resume[1]);
        a.jcc(ConditionFlag.AboveEqual, outside);
        a.movl(AMD64.r13, 1);
        a.bind(outside);
        a.subq(AMD64.rsp, 8);
        callJava(a, "ristretto_process_interrupt");
        Label next = new Label();
        a.testl(AMD64.r13, 1);
        a.jcc(ConditionFlag.NotZero, next);
        a.load(AMD64.rax, "ristretto_current");
        a.cmpq(AMD64.rax, AMD64.r12);
        a.jcc(ConditionFlag.Equal, same);
        a.movq(AMD64.rdi, AMD64.r12);
        a.movq(AMD64.rsi, AMD64.rbx);
        callJava(a, "ristretto_process_preempted");
        a.bind(next);
        a.load(AMD64.rbx, "ristretto_current");
        a.movl(AMD64.r12, 1);
        a.jmpSymbol("ristretto_process_resume");

        a.bind(same);
        a.address(AMD64.rcx, ENABLED);
        a.movl(new AMD64Address(AMD64.rcx, 0), INTERRUPT_FLAG); // signals are masked until the frame is restored
        a.movq(AMD64.rsp, AMD64.rbx);
        ProcessEntryCode.call(a, RT_SIGRETURN);
        a.ud2();
    }

    /** (signal, info, frame): a fault. Whether interrupts are enabled is part of what is interrupted. */
    private static void fault(BootAssembler a) {
        a.routine("ristretto_process_fault");
        a.movq(AMD64.rbx, AMD64.rdx);
        a.address(AMD64.rax, ENABLED);
        a.movl(AMD64.r12, new AMD64Address(AMD64.rax, 0));
        a.movl(new AMD64Address(AMD64.rax, 0), 0);
        a.subq(AMD64.rsp, 8);
        a.movq(AMD64.rdi, AMD64.rdx);
        callJava(a, "ristretto_process_faulted");
        a.address(AMD64.rax, ENABLED);
        a.movl(new AMD64Address(AMD64.rax, 0), AMD64.r12);
        a.movq(AMD64.rsp, AMD64.rbx);
        ProcessEntryCode.call(a, RT_SIGRETURN);
        a.ud2();
    }
}
