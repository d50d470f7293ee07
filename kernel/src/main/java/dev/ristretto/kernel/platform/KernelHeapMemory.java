package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.IsolateArguments;
import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointErrors;
import com.oracle.svm.core.genscavenge.GCImpl;
import com.oracle.svm.core.heap.RestrictHeapAccess;
import com.oracle.svm.core.nmt.NmtCategory;
import com.oracle.svm.core.os.ChunkBasedCommittedMemoryProvider;
import com.oracle.svm.core.os.ImageHeapProvider;
import dev.ristretto.kernel.memory.AddressSpace;
import dev.ristretto.kernel.memory.Frames;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.c.type.WordPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;

/**
 * Memory of the Java heap: runs of physical memory as they are, which need no page table and have large pages. Only when free memory
 * is too scattered for a large array are single pages put together at an address of their own.
 */
final class KernelHeapMemory extends ChunkBasedCommittedMemoryProvider {
    @Override
    @Uninterruptible(reason = "Still being initialized.")
    public int initialize(WordPointer heapBasePointer, IsolateArguments arguments) {
        return ImageHeapProvider.get().initialize(Word.nullPointer(), Word.zero(), heapBasePointer, Word.nullPointer());
    }

    @Override
    @Uninterruptible(reason = "Tear-down in progress.")
    public int tearDown() {
        return CEntryPointErrors.NO_ERROR;
    }

    @Override
    protected UnsignedWord getReservedAddressSpaceSize() {
        return Machine.get().mappingEnd();
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    protected Pointer allocate(UnsignedWord size, UnsignedWord alignment, boolean executable, NmtCategory category) {
        return executable ? Word.nullPointer() : take(size, alignment);
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static Pointer take(UnsignedWord size, UnsignedWord alignment) {
        UnsignedWord run = Frames.allocate(size, alignment);
        if (run.equal(0)) {
            run = AddressSpace.reserve(size, alignment);
            if (run.notEqual(0) && !AddressSpace.commit(run, size, Machine.READ | Machine.WRITE)) {
                AddressSpace.free(run, size);
                run = Word.zero();
            }
        }
        return (Pointer) run;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void freeAlignedChunk(PointerBase start, UnsignedWord nbytes, UnsignedWord alignment) {
        give(start, nbytes);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public void freeUnalignedChunk(PointerBase start, UnsignedWord nbytes) {
        give(start, nbytes);
    }

    /** What a full collection has freed will not be needed soon; after others only what stays free. */
    @Override
    @RestrictHeapAccess(access = RestrictHeapAccess.Access.NO_ALLOCATION, reason = "Called by the GC.")
    public void afterGarbageCollection() {
        super.afterGarbageCollection();
        Frames.trim(GCImpl.getGCImpl().isCompleteCollection());
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void give(PointerBase start, UnsignedWord size) {
        if (((UnsignedWord) start).aboveOrEqual(Machine.get().mappingBegin())) {
            AddressSpace.free((UnsignedWord) start, size);
        } else {
            Frames.free((UnsignedWord) start, size);
        }
    }
}
