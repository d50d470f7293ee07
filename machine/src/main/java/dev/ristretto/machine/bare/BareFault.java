package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.FaultContext;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/** The fault that is being reported; one is enough, since a report ends the image. */
final class BareFault implements FaultContext {
    private static final String[] NAMES = {"divide error", "debug exception", "non-maskable interrupt", "breakpoint", "overflow",
        "bound range exceeded", "invalid opcode", "device not available", "double fault", "coprocessor segment overrun", "invalid TSS",
        "segment not present", "stack-segment fault", "general protection fault", "page fault", "reserved exception", "x87 error",
        "alignment check", "machine check", "SIMD floating-point exception", "virtualization exception", "control protection exception"};
    /** In the order of the saved context. */
    private static final String[] REGISTERS = {"rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
        "r15"};

    private Pointer context = Word.nullPointer();

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    BareFault at(Pointer saved) {
        context = saved;
        return this;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int vector() {
        return (int) context.readLong(Context.VECTOR);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public String name() {
        int vector = vector();
        return vector < NAMES.length ? NAMES[vector] : vector < 32 ? "reserved exception" : "unexpected interrupt";
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public long error() {
        return context.readLong(Context.ERROR);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord address() {
        return context.readWord(Context.CR2);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord instructionPointer() {
        return context.readWord(Context.RIP);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord stackPointer() {
        return context.readWord(Context.RSP);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord framePointer() {
        return context.readWord(Context.RBP);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int registers() {
        return REGISTERS.length;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public String registerName(int index) {
        return REGISTERS[index];
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord registerValue(int index) {
        return Context.register(context, index);
    }
}
