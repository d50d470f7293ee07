package dev.ristretto.jdk.net;

import java.net.Proxy;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Proxies that the operating system knows of: none. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.net.spi.DefaultProxySelector")
final class Target_sun_net_spi_DefaultProxySelector {

    @Substitute
    private Proxy[] getSystemProxies(String protocol, String host) {
        return null;
    }
}
