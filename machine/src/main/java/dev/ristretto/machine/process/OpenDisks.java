package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.DiskFiles;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/**
 * Disks: files, opened and locked by {@link DiskOpening} before the sandbox closes. Their descriptors follow one another, so that the filter
 * needs to know two numbers, however many there are.
 */
final class OpenDisks implements DiskFiles {
    /** The system's word with the path of a disk; one for each. */
    static final String DISK = "ristretto.disk=";
    /** Most disks that there can be. */
    private static final int MOST = 16;

    private final long[] sizes = new long[MOST];
    private final boolean[] readOnly = new boolean[MOST];
    private int first;
    private int count;

    /**
     * Opens all of them, or ends the process with a sentence. Their descriptors come to lie above {@code highest}, which may be -1; any others
     * that are open there are closed.
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void start(Invocation invocation, int highest) {
        first = highest > 2 ? highest + 1 : 3;
        for (Pointer word = invocation.option(DISK, count); word.isNonNull(); word = invocation.option(DISK, count)) {
            if (count == MOST) {
                Text.cannotStart("a process can have 16 disks, and there are more words ristretto.disk=.");
            }
            readOnly[count] = DiskOpening.isReadOnly(word);
            sizes[count] = DiskOpening.open(word, readOnly[count], first + count);
            count++;
        }
    }

    /** The first descriptor. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    int begin() {
        return first;
    }

    /** The first descriptor behind all of them; {@link #begin} if there is none. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    int end() {
        return first + count;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int count() {
        return count;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public long size(int disk) {
        return sizes[disk];
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public boolean isReadOnly(int disk) {
        return readOnly[disk];
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int read(int disk, long position, Pointer to, int length) {
        return (int) call(Linux.PREAD64, disk, to, Word.unsigned(length), position);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int write(int disk, long position, Pointer from, int length) {
        return (int) call(Linux.PWRITE64, disk, from, Word.unsigned(length), position);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int flush(int disk) {
        // Whatever it is that Linux could not write, it has forgotten: more space would not help, so that FULL would mislead.
        return call(Linux.FDATASYNC, disk, Word.nullPointer(), Word.zero(), 0) < 0 ? FAILED : 0;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int clear(int disk, long position, long length) {
        return (int) call(Linux.FALLOCATE, disk, Word.pointer(Linux.PUNCH_HOLE), Word.unsigned(position), length);
    }

    /** A call until no signal interrupts it; what Linux complains of in the contract's words. */
    @Uninterruptible(reason = KERNEL_CODE)
    private long call(int number, int disk, Pointer second, UnsignedWord third, long fourth) {
        long result;
        do {
            result = Linux.call(number, Word.signed(first + disk), second, third, Word.signed(fourth));
        } while (result == -Linux.EINTR);
        if (result >= 0) {
            return result;
        } else if (result == -Linux.ENOSPC || result == -Linux.EDQUOT) {
            return FULL;
        }
        return result == -Linux.EOPNOTSUPP || result == -Linux.ENOSYS ? UNSUPPORTED : FAILED;
    }
}
