package dev.ristretto.kernel.entropy;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.Machine;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.type.CLongPointer;
import org.graalvm.word.Pointer;

/**
 * Random bytes of the machine's own generator (RDRAND), mixed with what an entropy device gives, if one was added. Any thread may call.
 */
public final class Entropy {
    private static volatile EntropySource device;

    private Entropy() {
    }

    /**
     * Fills part of an array.
     *
     * @throws IllegalStateException if the machine has no source of randomness: nothing predictable is given out instead
     */
    public static void fill(byte[] bytes, int offset, int length) {
        int done = 0;
        while (done < length) {
            long word = word();
            for (int i = 0; i < 8 && done < length; i++) {
                bytes[offset + done++] = (byte) (word >>> 8 * i);
            }
        }
    }

    /** From now on {@code source} takes part; one at a time. */
    public static void addDevice(EntropySource source) {
        device = source;
    }

    /** True if the machine has a generator of its own: {@link #fill} works without a device. */
    public static boolean machineHasOwn() {
        return machineWord() != 0;
    }

    /**
     * A word from the machine, or 0 if it gives none; that a good word is taken for none happens once in 2^64. Uninterruptible because
     * nothing else may have values on the stack in a virtual thread, whose stack moves.
     */
    @Uninterruptible(reason = KERNEL_CODE)
    private static long machineWord() {
        CLongPointer out = StackValue.get(CLongPointer.class);
        return Machine.get().randomWord((Pointer) out) ? out.read() : 0;
    }

    private static long word() {
        long word = machineWord();
        EntropySource source = device;
        byte[] bytes = source == null ? null : new byte[8];
        boolean given = bytes != null && source.fill(bytes);
        if (word == 0 && !given) {
            throw new IllegalStateException("this machine has no source of randomness: give it a CPU with RDRAND (QEMU: -cpu max or host)");
        }
        for (int i = 0; given && i < 8; i++) {
            word ^= (bytes[i] & 0xFFL) << 8 * i; // of two sources the better one decides
        }
        return word;
    }
}
