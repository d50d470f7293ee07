package dev.ristretto.machine;

/** Reasons for {@code @Uninterruptible}. */
public final class Reasons {
    /**
     * Code that must not be inlined where a safepoint could get into it: a thread that stopped for a collection while it holds a
     * kernel lock, with interrupts disabled, would stop everything.
     */
    public static final String KERNEL_CODE = "Kernel code: may run without a Java thread, with interrupts disabled, or in a handler.";

    private Reasons() {
    }
}
