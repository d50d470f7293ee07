package dev.ristretto.jdk.net;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.jdk.nio.memory.NativeLayouts;

/** The layout of socket addresses in memory. */
@TargetClass(className = "sun.nio.ch.NativeSocketAddress")
final class Target_sun_nio_ch_NativeSocketAddress {
    @Substitute
    private static int AFINET() {
        return NativeLayouts.AF_INET;
    }

    @Substitute
    private static int AFINET6() {
        return NativeLayouts.AF_INET6;
    }

    @Substitute
    private static int sizeofSockAddr4() {
        return NativeLayouts.SOCKADDR4_SIZE;
    }

    @Substitute
    private static int sizeofSockAddr6() {
        return NativeLayouts.SOCKADDR6_SIZE;
    }

    @Substitute
    private static int sizeofFamily() {
        return NativeLayouts.FAMILY_SIZE;
    }

    @Substitute
    private static int offsetFamily() {
        return NativeLayouts.FAMILY;
    }

    @Substitute
    private static int offsetSin4Port() {
        return NativeLayouts.PORT;
    }

    @Substitute
    private static int offsetSin4Addr() {
        return NativeLayouts.ADDRESS4;
    }

    @Substitute
    private static int offsetSin6Port() {
        return NativeLayouts.PORT;
    }

    @Substitute
    private static int offsetSin6Addr() {
        return NativeLayouts.ADDRESS6;
    }

    @Substitute
    private static int offsetSin6ScopeId() {
        return NativeLayouts.SCOPE6;
    }

    @Substitute
    private static int offsetSin6FlowInfo() {
        return NativeLayouts.FLOW_INFO6;
    }
}
