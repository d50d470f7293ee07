package dev.ristretto.kernel.device;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.DiskFiles;

/**
 * The machine's disks that are files, for Java: what is read goes straight into an array, which does not move meanwhile since no collection
 * gets in between. See {@link DiskFiles} for who may call, results and what a call costs others.
 */
public final class DeviceFiles {
    private DeviceFiles() {
    }

    /** How many there are; 0 on a machine with a bus. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static int count() {
        DiskFiles files = DiskFiles.get();
        return files == null ? 0 : files.count();
    }

    /** As {@link DiskFiles#size}. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static long size(int disk) {
        return DiskFiles.get().size(disk);
    }

    /** As {@link DiskFiles#isReadOnly}. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean isReadOnly(int disk) {
        return DiskFiles.get().isReadOnly(disk);
    }

    /** As {@link DiskFiles#read}, into a part of an array that the caller has checked to be one. */
    @Uninterruptible(reason = ArrayAddress.UNMOVED)
    public static int read(int disk, long position, byte[] to, int offset, int length) {
        return DiskFiles.get().read(disk, position, ArrayAddress.of(to, offset), length);
    }

    /** As {@link DiskFiles#write}, from a part of an array that the caller has checked to be one. */
    @Uninterruptible(reason = ArrayAddress.UNMOVED)
    public static int write(int disk, long position, byte[] from, int offset, int length) {
        return DiskFiles.get().write(disk, position, ArrayAddress.of(from, offset), length);
    }

    /** As {@link DiskFiles#flush}. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static int flush(int disk) {
        return DiskFiles.get().flush(disk);
    }

    /** As {@link DiskFiles#clear}. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static int clear(int disk, long position, long length) {
        return DiskFiles.get().clear(disk, position, length);
    }
}
