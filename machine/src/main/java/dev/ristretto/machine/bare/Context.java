package dev.ristretto.machine.bare;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordBase;

/**
 * Saved state of a thread or of an interrupted instruction stream. The layout is the imager's
 * {@code dev.ristretto.imager.boot.Context}; both must agree.
 */
final class Context {
    static final int STACK = 8;
    static final int VECTOR_STATE = 16;
    static final int REGISTERS = 24;
    static final int RBP = REGISTERS + 6 * 8;
    static final int VECTOR = 144;
    static final int ERROR = 152;
    static final int RIP = 160;
    static final int RFLAGS = 176;
    static final int RSP = 184;
    static final int CR2 = 200;
    /** Bytes before the vector state of a thread's context, a multiple of 64 as XSAVE wants. */
    static final int HEADER = 256;
    /** RFLAGS with only the bit that is always one: interrupts disabled (SDM vol. 1 §3.4.3). */
    private static final long FLAGS_INITIAL = 2;

    private Context() {
    }

    /** Makes {@code area} (64-byte aligned, zeroed, as large as XSAVE wants) the place for a context's vector state. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static void attachVectorState(Pointer context, Pointer area) {
        context.writeWord(VECTOR_STATE, area);
    }

    /** Lays out on a new thread's stack what the switch routine pops, so that the thread starts in its entry routine. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static void prepare(Pointer context, UnsignedWord stackTop, WordBase function, WordBase argument, UnsignedWord heapBase) {
        Pointer stack = (Pointer) stackTop.subtract(8 * 8);
        stack.writeLong(0, FLAGS_INITIAL);
        stack.writeLong(8, 0); // r15: no Java thread yet
        stack.writeWord(16, heapBase); // r14
        stack.writeWord(24, argument); // r13
        stack.writeWord(32, function); // r12
        stack.writeLong(40, 0); // rbp: the end of the chain of frames
        stack.writeLong(48, 0); // rbx
        stack.writeWord(56, Linked.THREAD_ENTRY.get());
        context.writeLong(0, 0);
        context.writeWord(STACK, stack);
        attachVectorState(context, context.add(HEADER));
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static UnsignedWord register(Pointer context, int index) {
        return context.readWord(REGISTERS + 8 * index);
    }
}
