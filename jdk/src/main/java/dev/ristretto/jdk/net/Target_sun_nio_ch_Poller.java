package dev.ristretto.jdk.net;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * Where virtual threads wait for descriptors. On Linux only {@code epoll} can tell that one is ready, so that the JDK has threads which ask
 * it and unpark others: a platform thread that waits for virtual threads that wait for descriptors. Here a descriptor tells whoever wants
 * to know, so that a virtual thread is unparked by what made its descriptor ready, without two threads in between. With these methods
 * replaced, none of the others is reached, and the threads are never started.
 */
@TargetClass(className = "sun.nio.ch.Poller")
final class Target_sun_nio_ch_Poller {

    @Substitute
    static void poll(int fdVal, int event, long nanos, BooleanSupplier supplier) throws IOException {
        VirtualThreadWaits.await(fdVal, event, nanos, supplier);
    }

    @Substitute
    static void pollSelector(int fdVal, long nanos) throws IOException {
        VirtualThreadWaits.awaitSelector(fdVal, nanos);
    }

    @Substitute
    static void stopPoll(int fdVal, int event) {
        VirtualThreadWaits.stop(fdVal);
    }

    @Substitute
    static void stopPoll(int fdVal) {
        VirtualThreadWaits.stop(fdVal);
    }
}
