package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordBase;

/**
 * Saved state of a thread: either a place on its stack, or the whole frame of the signal that interrupted it. The layout is the imager's
 * {@code dev.ristretto.imager.boot.ProcessContext}; both must agree.
 */
final class ProcessContext {
    /** 0: the thread gave up the CPU itself and everything is on its stack; 1: interrupted, everything is here. */
    static final int KIND = 0;
    static final int STACK = 8;
    static final int FRAME = 64;
    static final int VECTOR_STATE = 384;

    private ProcessContext() {
    }

    /** Lays out on a new thread's stack what the switch routine pops, so that the thread starts in its entry routine. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static void prepare(Pointer context, UnsignedWord stackTop, WordBase function, WordBase argument, UnsignedWord heapBase) {
        Pointer stack = (Pointer) stackTop.subtract(7 * 8);
        stack.writeLong(0, 0); // r15: no Java thread yet
        stack.writeWord(8, heapBase); // r14
        stack.writeWord(16, argument); // r13
        stack.writeWord(24, function); // r12
        stack.writeLong(32, 0); // rbp: the end of the chain of frames
        stack.writeLong(40, 0); // rbx
        stack.writeWord(48, Linked.THREAD_ENTRY.get());
        context.writeLong(KIND, 0);
        context.writeWord(STACK, stack);
    }

    /** Keeps the frame of the signal that interrupted the context; false if its vector state is larger than was foreseen. */
    @Uninterruptible(reason = KERNEL_CODE)
    static boolean save(Pointer context, Pointer frame, int vectorStateSize) {
        context.writeLong(KIND, 1);
        return SignalFrame.copy(frame, context.add(FRAME), context.add(VECTOR_STATE), vectorStateSize);
    }
}
