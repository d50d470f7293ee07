package dev.ristretto.kernel.platform;

import com.oracle.svm.core.Isolates;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointErrors;
import com.oracle.svm.core.heap.Heap;
import com.oracle.svm.core.os.AbstractImageHeapProvider;
import org.graalvm.nativeimage.c.type.WordPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;

/** The image heap where the boot loader put it: nothing is copied. Its pages have their rights from the linker. */
final class InPlaceImageHeap extends AbstractImageHeapProvider {
    @Override
    @Uninterruptible(reason = "Still being initialized.")
    public int initialize(Pointer reservedAddressSpace, UnsignedWord reservedSize, WordPointer basePointer, WordPointer endPointer) {
        basePointer.write(Isolates.IMAGE_HEAP_BEGIN.get().subtract(Heap.getHeap().getImageHeapOffsetInAddressSpace()));
        if (endPointer.isNonNull()) {
            endPointer.write(Isolates.IMAGE_HEAP_END.get());
        }
        return CEntryPointErrors.NO_ERROR;
    }

    @Override
    @Uninterruptible(reason = "Called during isolate tear-down.")
    public int freeImageHeap(PointerBase heapBase) {
        return CEntryPointErrors.NO_ERROR;
    }
}
