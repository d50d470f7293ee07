package dev.ristretto.jdk.security;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import jdk.internal.misc.Unsafe;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.Pointer;

/**
 * The compression function of SHA-256 and SHA-224 (FIPS 180-4 §6.2.2) by instructions of the processor's.
 *
 * <p>Stateless; safe for use by several threads.
 */
final class Sha256Instructions {
    /** CPUID leaf 7, EBX (SDM vol. 2 "CPUID"). */
    private static final int SHA = 1 << 29;
    private static final int UNKNOWN = 0;
    private static final int PRESENT = 1;
    private static final int ABSENT = 2;

    /** Asked for once: a hypervisor has to answer, which takes microseconds. Threads that ask at once get the same answer. */
    private static int state = UNKNOWN;

    private Sha256Instructions() {
    }

    /** Whether the processor that the image runs on has them. */
    static boolean arePresent() {
        if (state == UNKNOWN) {
            state = (features() & SHA) != 0 ? PRESENT : ABSENT;
        }
        return state == PRESENT;
    }

    /**
     * Takes one block into the state.
     *
     * @param state  eight words
     * @param bytes  has the 64 bytes of the block, which the caller has checked
     * @param offset where they begin
     */
    @Uninterruptible(reason = "The processor has the addresses of arrays.")
    static void compress(int[] state, byte[] bytes, int offset) {
        compress(Word.objectToUntrackedPointer(state).add(Word.unsigned(Unsafe.ARRAY_INT_BASE_OFFSET)),
                Word.objectToUntrackedPointer(bytes).add(Word.unsigned(Unsafe.ARRAY_BYTE_BASE_OFFSET)).add(offset));
    }

    @CFunction(value = "ristretto_sha256_features", transition = Transition.NO_TRANSITION)
    private static native int features();

    @CFunction(value = "ristretto_sha256_compress", transition = Transition.NO_TRANSITION)
    private static native void compress(Pointer state, Pointer block);
}
