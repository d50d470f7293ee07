package dev.ristretto.kernel.entropy;

import dev.ristretto.machine.Machine;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.nativeimage.c.type.CLongPointer;
import org.graalvm.word.Pointer;

/** Random bytes of the machine's own generator (RDRAND; later a virtio entropy device too). Any thread may call. */
public final class Entropy {
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

    private static long word() {
        CLongPointer out = StackValue.get(CLongPointer.class);
        if (!Machine.get().randomWord((Pointer) out)) {
            throw new IllegalStateException("this machine has no source of randomness: give it a CPU with RDRAND (QEMU: -cpu max or host)");
        }
        return out.read();
    }
}
