package dev.ristretto.machine.bare;

import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;

/** Single instructions, linked from the imager's boot code. Ports are 0 to 65535; no method fails or allocates. */
final class Cpu {
    private Cpu() {
    }

    @CFunction(value = "ristretto_cpu_in8", transition = Transition.NO_TRANSITION)
    static native int in8(int port);

    @CFunction(value = "ristretto_cpu_in16", transition = Transition.NO_TRANSITION)
    static native int in16(int port);

    @CFunction(value = "ristretto_cpu_in32", transition = Transition.NO_TRANSITION)
    static native int in32(int port);

    @CFunction(value = "ristretto_cpu_out8", transition = Transition.NO_TRANSITION)
    static native void out8(int port, int value);

    @CFunction(value = "ristretto_cpu_out16", transition = Transition.NO_TRANSITION)
    static native void out16(int port, int value);

    @CFunction(value = "ristretto_cpu_out32", transition = Transition.NO_TRANSITION)
    static native void out32(int port, int value);

    /** Time stamp counter, in ticks of unknown length. */
    @CFunction(value = "ristretto_cpu_rdtsc", transition = Transition.NO_TRANSITION)
    static native long rdtsc();

    @CFunction(value = "ristretto_cpu_rdmsr", transition = Transition.NO_TRANSITION)
    static native long rdmsr(int register);

    @CFunction(value = "ristretto_cpu_wrmsr", transition = Transition.NO_TRANSITION)
    static native void wrmsr(int register, long value);

    /** Writes EAX, EBX, ECX, EDX as four ints to {@code out}. */
    @CFunction(value = "ristretto_cpu_cpuid", transition = Transition.NO_TRANSITION)
    static native void cpuid(int leaf, int subleaf, PointerBase out);

    @CFunction(value = "ristretto_cpu_read_cr0", transition = Transition.NO_TRANSITION)
    static native long readCr0();

    @CFunction(value = "ristretto_cpu_write_cr0", transition = Transition.NO_TRANSITION)
    static native void writeCr0(long value);

    @CFunction(value = "ristretto_cpu_invlpg", transition = Transition.NO_TRANSITION)
    static native void invalidatePage(UnsignedWord address);

    /** Loads the interrupt descriptor table register from {@code idtr} and the task register with {@code selector}. */
    @CFunction(value = "ristretto_cpu_load_tables", transition = Transition.NO_TRANSITION)
    static native void loadTables(PointerBase idtr, int selector);

    @CFunction(value = "ristretto_cpu_disable_interrupts", transition = Transition.NO_TRANSITION)
    static native long disableInterrupts();

    @CFunction(value = "ristretto_cpu_restore_interrupts", transition = Transition.NO_TRANSITION)
    static native void restoreInterrupts(long flags);

    @CFunction(value = "ristretto_cpu_wait", transition = Transition.NO_TRANSITION)
    static native void waitForInterrupt();

    @CFunction(value = "ristretto_cpu_stop", transition = Transition.NO_TRANSITION)
    static native void stop();

    @CFunction(value = "ristretto_cpu_switch", transition = Transition.NO_TRANSITION)
    static native void switchTo(Pointer context);

    @CFunction(value = "ristretto_cpu_rdrand", transition = Transition.NO_TRANSITION)
    static native int rdrand(Pointer out);

    @CFunction(value = "ristretto_cpu_rdseed", transition = Transition.NO_TRANSITION)
    static native int rdseed(Pointer out);
}
