package dev.ristretto.jdk.net;

import java.io.IOException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Connecting of asynchronous channels. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.nio.ch.UnixAsynchronousSocketChannelImpl")
final class Target_sun_nio_ch_UnixAsynchronousSocketChannelImpl {

    @Substitute
    private static void checkConnect(int fdVal) throws IOException {
        SocketCalls.checkConnect(fdVal);
    }
}
