package dev.ristretto.jdk.net;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The selector that uses {@code poll}. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.PollSelectorImpl")
final class Target_sun_nio_ch_PollSelectorImpl {

    @Substitute
    private static int poll(long pollAddress, int numfds, int timeout) {
        throw new UnsupportedOperationException("only the selectors of EPollSelectorProvider are supported");
    }
}
