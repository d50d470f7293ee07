package dev.ristretto.jdk.zip;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.config.ConfigurationValues;
import java.util.function.BooleanSupplier;
import jdk.graal.compiler.word.Word;
import jdk.internal.misc.Unsafe;
import jdk.vm.ci.amd64.AMD64;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.nativeimage.c.function.CFunction.Transition;
import org.graalvm.word.Pointer;

/**
 * The CRC-32C of RFC 3720 appendix B.4 (polynomial 0x82F63B78, reflected) by an instruction of the processor's; values are those before the
 * final inversion, as {@code java.util.zip.CRC32C} keeps them.
 *
 * <p>Stateless; safe for use by several threads.
 */
final class Crc32cInstruction {
    /** No collection can begin while the processor has the address of an array, so that it gets long ones in pieces: some 10 µs each. */
    private static final int PIECE = 64 << 10;

    private Crc32cInstruction() {
    }

    /** Whether every processor that the image runs on has it; the JDK's own Java code does it otherwise. */
    static final class Present implements BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return ((AMD64) ConfigurationValues.getTarget().arch).getFeatures().contains(AMD64.CPUFeature.SSE4_2);
        }
    }

    /** The checksum after those bytes of an array that lie in a range; which must be within the array. */
    static int update(int crc, byte[] bytes, int from, int to) {
        int c = crc;
        for (int rest = to - from; rest > 0; rest -= PIECE) {
            c = piece(c, bytes, to - rest, Math.min(PIECE, rest));
        }
        return c;
    }

    @Uninterruptible(reason = "The processor has the address of an array.")
    private static int piece(int crc, byte[] bytes, int from, int length) {
        return crc32c(crc, Word.objectToUntrackedPointer(bytes).add(Word.unsigned(Unsafe.ARRAY_BYTE_BASE_OFFSET)).add(from), length);
    }

    /** The checksum after {@code length} more bytes at a memory address; the range must be readable. */
    static int update(int crc, long address, int length) {
        int c = crc;
        for (int rest = length; rest > 0; rest -= PIECE) {
            c = crc32c(c, Word.pointer(address + length - rest), Math.min(PIECE, rest));
        }
        return c;
    }

    @CFunction(value = "ristretto_crc32c", transition = Transition.NO_TRANSITION)
    private static native int crc32c(int crc, Pointer bytes, long length);
}
