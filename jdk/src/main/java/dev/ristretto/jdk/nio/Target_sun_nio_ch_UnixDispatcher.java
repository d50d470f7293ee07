package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

@TargetClass(className = "sun.nio.ch.UnixDispatcher")
final class Target_sun_nio_ch_UnixDispatcher {
    @Substitute
    static void init() {
        // The original prepares a descriptor for preClose0.
    }

    @Substitute
    private static void close0(FileDescriptor fd) throws IOException {
        DispatcherCalls.close(DispatcherCalls.number(fd));
    }

    @Substitute
    private static void preClose0(FileDescriptor fd) throws IOException {
        DispatcherCalls.preClose(DispatcherCalls.number(fd));
    }
}
