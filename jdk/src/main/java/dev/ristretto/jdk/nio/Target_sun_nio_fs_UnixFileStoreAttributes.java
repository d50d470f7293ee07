package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.TargetClass;

@TargetClass(className = "sun.nio.fs.UnixFileStoreAttributes")
final class Target_sun_nio_fs_UnixFileStoreAttributes {
    @Alias
    long f_frsize;
    @Alias
    long f_blocks;
    @Alias
    long f_bfree;
    @Alias
    long f_bavail;
}
