package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.InjectAccessors;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.storage.ErrnoException;

@TargetClass(className = "sun.nio.fs.UnixFileSystem")
final class Target_sun_nio_fs_UnixFileSystem {
    @Alias
    @InjectAccessors(DefaultDirectory.class)
    private byte[] defaultDirectory;

    @Alias
    @InjectAccessors(DefaultDirectory.class)
    private boolean needToResolveAgainstDefaultDirectory;

    /** @param address of a buffer, which is not needed */
    @Substitute
    private static void bufferedCopy0(int dst, int src, long address, int size, long addressToPollForCancel) throws Exception {
        try {
            FileSystemCalls.copy(dst, src, addressToPollForCancel);
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }
}
