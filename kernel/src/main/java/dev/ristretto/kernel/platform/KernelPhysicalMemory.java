package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.heap.PhysicalMemory.PhysicalMemorySupport;
import dev.ristretto.kernel.memory.Frames;
import org.graalvm.word.UnsignedWord;

/**
 * What the sizes of the Java heap are derived from: half of the memory that the image leaves free. The other half is for the collector,
 * which copies what lives, and which cannot go on when there is nowhere to copy to.
 */
final class KernelPhysicalMemory implements PhysicalMemorySupport {
    @Override
    public UnsignedWord size() {
        return forHeap();
    }

    /** The part of memory that counts for the heap. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static UnsignedWord forHeap() {
        return Frames.totalBytes().unsignedDivide(2);
    }

    @Override
    public long usedSize() {
        return Frames.totalBytes().subtract(Frames.freeBytes()).rawValue();
    }
}
