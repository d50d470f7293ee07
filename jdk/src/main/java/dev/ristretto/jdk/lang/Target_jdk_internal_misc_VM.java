package dev.ristretto.jdk.lang;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.util.PlatformTimeUtils;

/** The clock behind {@link java.time.Clock}, and the numbers of the one user, who is root. */
@TargetClass(className = "jdk.internal.misc.VM")
final class Target_jdk_internal_misc_VM {

    @Substitute
    public static long getNanoTimeAdjustment(long offsetInSeconds) {
        PlatformTimeUtils.SecondsNanos now = PlatformTimeUtils.singleton().javaTimeSystemUTC();
        return ClockAdjustment.nanos(now.seconds(), now.nanos(), offsetInSeconds);
    }

    @Substitute
    public static long getuid() {
        return 0;
    }

    @Substitute
    public static long geteuid() {
        return 0;
    }

    @Substitute
    public static long getgid() {
        return 0;
    }

    @Substitute
    public static long getegid() {
        return 0;
    }
}
