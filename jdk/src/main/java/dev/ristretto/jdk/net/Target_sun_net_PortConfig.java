package dev.ristretto.jdk.net;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The range of ports given to clients: the default of Linux. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.net.PortConfig")
final class Target_sun_net_PortConfig {

    @Substitute
    static int getLower0() {
        return 32768;
    }

    @Substitute
    static int getUpper0() {
        return 60999;
    }
}
