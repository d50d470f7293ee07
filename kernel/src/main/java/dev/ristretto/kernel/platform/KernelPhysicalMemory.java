package dev.ristretto.kernel.platform;

import com.oracle.svm.core.heap.PhysicalMemory.PhysicalMemorySupport;
import dev.ristretto.kernel.memory.Frames;
import org.graalvm.word.UnsignedWord;

/** What the sizes of the Java heap are derived from: the memory that the image leaves free. */
final class KernelPhysicalMemory implements PhysicalMemorySupport {
    @Override
    public UnsignedWord size() {
        return Frames.totalBytes();
    }

    @Override
    public long usedSize() {
        return Frames.totalBytes().subtract(Frames.freeBytes()).rawValue();
    }
}
