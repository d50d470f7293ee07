package dev.ristretto.jdk.net;

import java.io.IOException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Selectors. The layout of the event structure is that of Linux on x86-64 (packed), which the Java code allocates by. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.EPoll")
final class Target_sun_nio_ch_EPoll {

    @Substitute
    private static int eventSize() {
        return 12;
    }

    @Substitute
    private static int eventsOffset() {
        return 0;
    }

    @Substitute
    private static int dataOffset() {
        return 4;
    }

    @Substitute
    static int create() throws IOException {
        throw NoNetwork.failure();
    }

    @Substitute
    static int ctl(int epfd, int opcode, int fd, int events) {
        return NoNetwork.ENOSYS;
    }

    @Substitute
    static int wait(int epfd, long pollAddress, int numfds, int timeout) throws IOException {
        throw NoNetwork.failure();
    }
}
