package dev.ristretto.jdk.net;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Socket options beyond the standard ones: none, instead of those of Linux. */
@TargetClass(className = "jdk.net.ExtendedSocketOptions", innerClass = "PlatformSocketOptions")
final class Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions {

    @Alias
    Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions() {
    }

    @Substitute
    private static Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions create() {
        return new Target_jdk_net_ExtendedSocketOptions_PlatformSocketOptions();
    }
}
