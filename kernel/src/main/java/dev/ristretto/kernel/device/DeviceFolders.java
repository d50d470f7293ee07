package dev.ristretto.kernel.device;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.FolderStream;

/**
 * The machine's stream to folders, for Java: what is read goes straight into an array, which does not move meanwhile since no collection gets
 * in between: one waits until the answer is there. See {@link FolderStream} for who may call and for results.
 */
public final class DeviceFolders {
    private DeviceFolders() {
    }

    /** True if this machine has such a stream; the other methods are for such machines alone. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static boolean arePresent() {
        return FolderStream.get() != null;
    }

    /** As {@link FolderStream#read}, into a part of an array that the caller has checked to be one. */
    @Uninterruptible(reason = ArrayAddress.UNMOVED)
    public static int read(byte[] to, int offset, int length) {
        return FolderStream.get().read(ArrayAddress.of(to, offset), length);
    }

    /** As {@link FolderStream#write}, from a part of an array that the caller has checked to be one. */
    @Uninterruptible(reason = ArrayAddress.UNMOVED)
    public static int write(byte[] from, int offset, int length) {
        return FolderStream.get().write(ArrayAddress.of(from, offset), length);
    }
}
