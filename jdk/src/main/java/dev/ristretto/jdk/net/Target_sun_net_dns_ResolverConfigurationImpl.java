package dev.ristretto.jdk.net;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The domain to search for short names. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.net.dns.ResolverConfigurationImpl")
final class Target_sun_net_dns_ResolverConfigurationImpl {

    @Substitute
    static String fallbackDomain0() {
        return "";
    }
}
