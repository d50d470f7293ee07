package dev.ristretto.jdk.net;

import java.io.IOException;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Sockets Direct Protocol. */
@SuppressWarnings({"static-method", "unused"})
@TargetClass(className = "sun.net.sdp.SdpSupport")
final class Target_sun_net_sdp_SdpSupport {

    @Substitute
    private static int create0() throws IOException {
        throw new IOException("the Sockets Direct Protocol is not supported");
    }

    @Substitute
    private static void convert0(int fd) throws IOException {
        throw new IOException("the Sockets Direct Protocol is not supported");
    }
}
