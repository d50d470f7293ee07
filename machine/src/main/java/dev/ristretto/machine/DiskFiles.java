package dev.ristretto.machine;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.word.Pointer;

/**
 * Disks of a machine without a bus: files that were opened before it was sealed, numbered from 0 in the order of the command line. What
 * is in them is the business of those above.
 *
 * <p>Thread rules: any thread may call, several at a time, with interrupts enabled or not, and no interrupt handler. A call returns when it
 * is done, and <em>nothing else of the image runs meanwhile</em>, however long the disk takes. None allocates on the Java heap, none throws.
 * Positions and lengths are in bytes, and within the disk; more than that is not asked of them.
 */
public interface DiskFiles {
    /** In place of a result: the disk failed, or may not be written. */
    int FAILED = -1;
    /** In place of a result: there is no space left where the disk is kept. */
    int FULL = -2;
    /** In place of a result: this disk cannot do that, and never will. */
    int UNSUPPORTED = -3;

    /** The disks of the machine that this image found itself on, or null if it keeps its disks on a bus. */
    @Uninterruptible(reason = KERNEL_CODE)
    static DiskFiles get() {
        return Machine.get().disks();
    }

    /** How many there are. */
    @Uninterruptible(reason = KERNEL_CODE)
    int count();

    /** Bytes; the same for ever, whatever becomes of the file. */
    @Uninterruptible(reason = KERNEL_CODE)
    long size(int disk);

    /** Whether it is for reading only. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean isReadOnly(int disk);

    /** Reads up to {@code length} (at least 1) bytes; how many, 0 if there are none (the file was cut off), {@link #FAILED}. */
    @Uninterruptible(reason = KERNEL_CODE)
    int read(int disk, long position, Pointer to, int length);

    /** Writes up to {@code length} (at least 1) bytes; how many, {@link #FAILED}, {@link #FULL}. */
    @Uninterruptible(reason = KERNEL_CODE)
    int write(int disk, long position, Pointer from, int length);

    /** Makes all that was written outlive a loss of power; 0, or {@link #FAILED}: what was written since the last call may be lost then. */
    @Uninterruptible(reason = KERNEL_CODE)
    int flush(int disk);

    /** Makes a range read as zeros and take no space; 0, {@link #FAILED}, {@link #FULL}, {@link #UNSUPPORTED}. */
    @Uninterruptible(reason = KERNEL_CODE)
    int clear(int disk, long position, long length);
}
