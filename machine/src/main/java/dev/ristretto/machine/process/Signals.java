package dev.ristretto.machine.process;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** Which signals are handled and how: all on one alternate stack, those that stand for interrupts never inside one another. */
final class Signals {
    private static final long SA_SIGINFO = 4;
    private static final long SA_ONSTACK = 0x08000000;
    private static final long SA_RESTORER = 0x04000000;
    /** A fault in a fault's handler is handled too: it ends the report. */
    private static final long SA_NODEFER = 0x40000000;
    private static final long SIG_IGN = 1;
    private static final int MASK_BYTES = 8;

    /** Signal n is bit n - 1 of a mask. */
    private static final long INTERRUPTS = mask(Linux.SIGALRM) | mask(Linux.SIGTERM) | mask(Linux.SIGINT) | mask(Linux.SIGHUP);

    private Signals() {
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static long mask(int signal) {
        return 1L << signal - 1;
    }

    /** From now on faults are reported. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void handleFaults() {
        Pointer stack = StackValue.get(24); // stack_t: address, flags, size
        stack.writeWord(0, Linked.SIGNAL_STACK.get());
        stack.writeLong(8, 0);
        stack.writeWord(16, Linked.SIGNAL_STACK_TOP.get().subtract(Linked.SIGNAL_STACK.get()));
        Linux.call(Linux.SIGALTSTACK, stack, Word.zero());
        unblockAll();
        handle(Linux.SIGSEGV, Linked.FAULT_HANDLER.get(), SA_NODEFER);
        handle(Linux.SIGBUS, Linked.FAULT_HANDLER.get(), SA_NODEFER);
        handle(Linux.SIGILL, Linked.FAULT_HANDLER.get(), SA_NODEFER);
        handle(Linux.SIGFPE, Linked.FAULT_HANDLER.get(), SA_NODEFER);
        handle(Linux.SIGTRAP, Linked.FAULT_HANDLER.get(), SA_NODEFER);
    }

    /** What is blocked is inherited. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static void unblockAll() {
        Pointer none = StackValue.get(8);
        none.writeLong(0, 0);
        Linux.call(Linux.RT_SIGPROCMASK, Word.signed(2), none, Word.zero(), Word.signed(MASK_BYTES)); // SIG_SETMASK
    }

    /** From now on signals interrupt. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void handleInterrupts() {
        handle(Linux.SIGALRM, Linked.SIGNAL_HANDLER.get(), 0);
        handle(Linux.SIGTERM, Linked.SIGNAL_HANDLER.get(), 0);
        handle(Linux.SIGINT, Linked.SIGNAL_HANDLER.get(), 0);
        handle(Linux.SIGHUP, Linked.SIGNAL_HANDLER.get(), 0);
        handle(Linux.SIGPIPE, Word.pointer(SIG_IGN), 0); // a write says so itself
        handle(Linux.SIGXFSZ, Word.pointer(SIG_IGN), 0); // likewise: a disk beyond the limit on files (ulimit -f)
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void handle(int signal, Pointer handler, long flags) {
        Pointer action = StackValue.get(32); // struct kernel_sigaction: handler, flags, restorer, mask
        action.writeWord(0, handler);
        action.writeLong(8, SA_SIGINFO | SA_ONSTACK | SA_RESTORER | flags);
        action.writeWord(16, Linked.RESTORER.get());
        action.writeLong(24, INTERRUPTS);
        Linux.call(Linux.RT_SIGACTION, Word.signed(signal), action, Word.zero(), Word.signed(MASK_BYTES));
    }
}
