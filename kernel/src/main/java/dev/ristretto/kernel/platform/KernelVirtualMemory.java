package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.os.VirtualMemoryProvider;
import dev.ristretto.kernel.memory.AddressSpace;
import dev.ristretto.kernel.memory.Frames;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.PointerBase;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordBase;

/** Address ranges for SubstrateVM. Executable memory is refused: an image makes no code at run time. */
final class KernelVirtualMemory implements VirtualMemoryProvider {
    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public UnsignedWord getGranularity() {
        return Word.unsigned(Frames.PAGE);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public Pointer reserve(UnsignedWord nbytes, UnsignedWord alignment, boolean executable) {
        return executable || nbytes.equal(0) ? Word.nullPointer() : (Pointer) AddressSpace.reserve(nbytes, alignment);
    }

    /** There is no file to map. */
    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public Pointer mapFile(PointerBase start, UnsignedWord nbytes, WordBase fileHandle, UnsignedWord offset, int access) {
        return Word.nullPointer();
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public Pointer commit(PointerBase start, UnsignedWord nbytes, int access) {
        if (nbytes.equal(0) || (access & (Access.EXECUTE | Access.FUTURE_EXECUTE)) != 0) {
            return Word.nullPointer();
        }
        UnsignedWord begin = start.isNull() ? AddressSpace.reserve(nbytes, getGranularity()) : (UnsignedWord) start;
        if (begin.equal(0)) {
            return Word.nullPointer();
        }
        if (!AddressSpace.commit(begin, nbytes, rights(access))) {
            if (start.isNull()) {
                AddressSpace.free(begin, nbytes);
            }
            return Word.nullPointer();
        }
        return (Pointer) begin;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int protect(PointerBase start, UnsignedWord nbytes, int access) {
        if (start.isNull() || nbytes.equal(0) || (access & Access.EXECUTE) != 0) {
            return -1;
        }
        AddressSpace.protect((UnsignedWord) start, nbytes, rights(access));
        return 0;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int uncommit(PointerBase start, UnsignedWord nbytes) {
        if (start.isNull() || nbytes.equal(0)) {
            return -1;
        }
        AddressSpace.uncommit((UnsignedWord) start, nbytes);
        return 0;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int free(PointerBase start, UnsignedWord nbytes) {
        if (start.isNull() || nbytes.equal(0)) {
            return -1;
        }
        AddressSpace.free((UnsignedWord) start, nbytes);
        return 0;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int rights(int access) {
        return ((access & Access.READ) != 0 ? Machine.READ : 0) | ((access & Access.WRITE) != 0 ? Machine.WRITE : 0);
    }
}
