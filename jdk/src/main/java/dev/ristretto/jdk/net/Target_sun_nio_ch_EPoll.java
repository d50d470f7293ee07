package dev.ristretto.jdk.net;

import java.io.IOException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.jdk.nio.memory.NativeLayouts;

/** Selectors. The layout of the event structure is that of Linux on x86-64 (packed), which the Java code allocates by. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.EPoll")
final class Target_sun_nio_ch_EPoll {

    @Substitute
    private static int eventSize() {
        return NativeLayouts.EPOLL_EVENT_SIZE;
    }

    @Substitute
    private static int eventsOffset() {
        return 0;
    }

    @Substitute
    private static int dataOffset() {
        return NativeLayouts.EPOLL_EVENT_DATA;
    }

    @Substitute
    static int create() throws IOException {
        return PollCalls.createEpoll();
    }

    @Substitute
    static int ctl(int epfd, int opcode, int fd, int events) {
        return PollCalls.control(epfd, opcode, fd, events);
    }

    @Substitute
    static int wait(int epfd, long pollAddress, int numfds, int timeout) throws IOException {
        return PollCalls.wait(epfd, pollAddress, numfds, timeout);
    }
}
