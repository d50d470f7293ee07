package dev.ristretto.jdk.lang;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Preferences are files; their locks keep other programs away, of which there are none. */
@TargetClass(className = "java.util.prefs.FileSystemPreferences")
final class Target_java_util_prefs_FileSystemPreferences {

    /** The number of the lock, which must not be 0, and an error number. */
    @Substitute
    @SuppressWarnings("unused")
    private static int[] lockFile0(String fileName, int permission, boolean shared) {
        return new int[] {1, 0};
    }

    @Substitute
    @SuppressWarnings("unused")
    private static int unlockFile0(int fd) {
        return 0;
    }

    /** Permissions separate users, and there is one. */
    @Substitute
    @SuppressWarnings("unused")
    private static int chmod(String fileName, int permission) {
        return 0;
    }
}
