package dev.ristretto.jdk.net;

import java.net.Inet6Address;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** IPv6 addresses, which can be written and compared. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(Inet6Address.class)
final class Target_java_net_Inet6Address {

    @Substitute
    private static void init() {
        // Nothing here looks fields up by name.
    }
}
