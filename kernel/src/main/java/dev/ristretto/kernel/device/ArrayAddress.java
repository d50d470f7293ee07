package dev.ristretto.kernel.device;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import jdk.internal.misc.Unsafe;
import org.graalvm.word.Pointer;

/** Where an array is, for a machine that reads or writes it at once. */
final class ArrayAddress {
    static final String UNMOVED = "The machine has the address of an array.";

    private ArrayAddress() {
    }

    /** The address of an element; for a caller in which no collection can happen until the machine is done. */
    @Uninterruptible(reason = UNMOVED)
    static Pointer of(byte[] array, int offset) {
        return Word.objectToUntrackedPointer(array).add(Word.unsigned(Unsafe.ARRAY_BYTE_BASE_OFFSET)).add(offset);
    }
}
