package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.FaultContext;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** The fault that is being reported, out of the frame of its signal; one is enough, since a report ends the image. */
final class ProcessFault implements FaultContext {
    static final int PAGE_FAULT = 14;
    /** Page-fault error code: from user mode (SDM vol. 3 §5.7), which is always so here and says nothing. */
    private static final long USER = 4;
    private static final String[] NAMES = {"divide error", "debug exception", "non-maskable interrupt", "breakpoint", "overflow",
        "bound range exceeded", "invalid opcode", "device not available", "double fault", "coprocessor segment overrun", "invalid TSS",
        "segment not present", "stack-segment fault", "general protection fault", "page fault", "reserved exception", "x87 error",
        "alignment check", "machine check", "SIMD floating-point exception"};
    private static final String[] REGISTERS = {"rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10", "r11", "r12", "r13",
        "r14", "r15"};
    private static final int[] OFFSETS = {SignalFrame.RAX, SignalFrame.RBX, SignalFrame.RCX, SignalFrame.RDX, SignalFrame.RSI,
        SignalFrame.RDI, SignalFrame.RBP, SignalFrame.R8, SignalFrame.R9, SignalFrame.R10, SignalFrame.R11, SignalFrame.R12,
        SignalFrame.R13, SignalFrame.R14, SignalFrame.R15};

    private Pointer frame = Word.nullPointer();

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    void at(Pointer signalFrame) {
        frame = signalFrame;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int vector() {
        return (int) frame.readLong(SignalFrame.TRAP);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public String name() {
        int vector = vector();
        return vector >= 0 && vector < NAMES.length ? NAMES[vector] : "unexpected exception";
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public long error() {
        long error = frame.readLong(SignalFrame.ERROR);
        return vector() == PAGE_FAULT ? error & ~USER : error;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord address() {
        return frame.readWord(SignalFrame.CR2);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord instructionPointer() {
        return frame.readWord(SignalFrame.RIP);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord stackPointer() {
        return frame.readWord(SignalFrame.RSP);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord framePointer() {
        return frame.readWord(SignalFrame.RBP);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int registers() {
        return REGISTERS.length;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public String registerName(int index) {
        return REGISTERS[index];
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public UnsignedWord registerValue(int index) {
        return frame.readWord(OFFSETS[index]);
    }
}
