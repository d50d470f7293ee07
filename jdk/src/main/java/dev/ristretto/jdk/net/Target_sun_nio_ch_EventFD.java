package dev.ristretto.jdk.net;

import java.io.IOException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** The descriptor that wakes a selector up. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.EventFD")
final class Target_sun_nio_ch_EventFD {

    @Substitute
    private static int eventfd0() throws IOException {
        return PollCalls.createCounter();
    }

    @Substitute
    private static int set0(int efd) throws IOException {
        return PollCalls.increment(efd);
    }
}
