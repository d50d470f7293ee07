package dev.ristretto.jdk.net;

import java.net.Inet4Address;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** IPv4 addresses. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(Inet4Address.class)
final class Target_java_net_Inet4Address {

    @Substitute
    private static void init() {
        // Nothing here looks fields up by name.
    }
}
