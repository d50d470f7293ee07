package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.storage.ErrnoException;

@TargetClass(className = "sun.nio.fs.LinuxNativeDispatcher")
final class Target_sun_nio_fs_LinuxNativeDispatcher {
    @Substitute
    private static void init() {
        // The original looks up fields by name; there is nothing to look up here.
    }

    /** @param pathAddress not needed: there is one list of mounts, whatever file it is asked from */
    @Substitute
    private static long setmntent0(long pathAddress, long typeAddress) {
        return MountEntries.begin();
    }

    @Substitute
    static int getmntent0(long fp, Target_sun_nio_fs_UnixMountEntry entry, long buffer, int bufLen) {
        return MountEntries.next(fp, entry) ? 0 : -1;
    }

    @Substitute
    static void endmntent(long stream) {
        MountEntries.end(stream);
    }

    @Substitute
    static int posix_fadvise(int fd, long offset, long len, int advice) {
        return 0;
    }

    @Substitute
    static int directCopy0(int dst, int src, long addressToPollForCancel) throws Exception {
        try {
            FileSystemCalls.copy(dst, src, addressToPollForCancel);
            return 0;
        } catch (ErrnoException e) {
            throw FileSystemCalls.exception(e);
        }
    }
}
