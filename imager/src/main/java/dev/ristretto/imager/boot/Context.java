package dev.ristretto.imager.boot;

import jdk.vm.ci.amd64.AMD64;
import jdk.vm.ci.code.Register;

/**
 * Layout of the saved state of a thread or of an interrupted instruction stream; the Java side is
 * {@code dev.ristretto.machine.bare.Context}, and both must agree.
 */
final class Context {
    /** 0: the thread gave up the CPU itself and everything is on its stack; 1: interrupted, everything is here. */
    static final int KIND = 0;
    static final int STACK = 8;
    static final int VECTOR_STATE = 16;
    /** First of the general registers, 8 bytes each, in the order of {@link #GENERAL}. */
    static final int REGISTERS = 24;
    static final int VECTOR = 144;
    static final int ERROR = 152;
    static final int RIP = 160;
    static final int CS = 168;
    static final int RFLAGS = 176;
    static final int RSP = 184;
    static final int SS = 192;
    static final int CR2 = 200;
    static final int SIZE = 208;

    /** The general registers but RSP, which the CPU saves itself (SDM vol. 3 §7.14.2). */
    static final Register[] GENERAL = {AMD64.rax, AMD64.rbx, AMD64.rcx, AMD64.rdx, AMD64.rsi, AMD64.rdi, AMD64.rbp, AMD64.r8, AMD64.r9,
        AMD64.r10, AMD64.r11, AMD64.r12, AMD64.r13, AMD64.r14, AMD64.r15};

    private Context() {
    }

    static int offsetOf(Register register) {
        for (int i = 0; i < GENERAL.length; i++) {
            if (GENERAL[i].equals(register)) {
                return REGISTERS + 8 * i;
            }
        }
        throw new IllegalArgumentException(register.toString());
    }
}
