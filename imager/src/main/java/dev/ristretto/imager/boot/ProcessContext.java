package dev.ristretto.imager.boot;

/**
 * Offsets in the saved state of a thread of the process machine, and in the frame of a signal; the Java side is
 * {@code dev.ristretto.machine.process.ProcessContext} and {@code SignalFrame}, and both must agree.
 */
final class ProcessContext {
    /** 0: the thread gave up the CPU itself and everything is on its stack; 1: interrupted, the signal's frame is here. */
    static final int KIND = 0;
    static final int STACK = 8;
    static final int FRAME = 64;
    /** In a frame: {@code uc_mcontext.gregs[REG_RIP]}. */
    static final int FRAME_RIP = 168;

    private ProcessContext() {
    }
}
