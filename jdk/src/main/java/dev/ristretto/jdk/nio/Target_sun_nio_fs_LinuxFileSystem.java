package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.nio.file.WatchService;

@TargetClass(className = "sun.nio.fs.LinuxFileSystem")
final class Target_sun_nio_fs_LinuxFileSystem {
    /** The original has Linux tell of changes, and the JDK for Linux comes without the code that looks for them itself. */
    @Substitute
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("Watching directories is not supported on this machine: list them now and then instead");
    }
}
