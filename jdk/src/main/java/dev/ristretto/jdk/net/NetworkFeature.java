package dev.ristretto.jdk.net;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.RuntimeSupport;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** In an image that reaches the network, and in no other, sees to it that the network can come up before the program asks for it. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class NetworkFeature implements InternalFeature {

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        access.registerReachabilityHandler(during -> RuntimeSupport.getRuntimeSupport().addStartupHook(new EarlyStart()), MachineNetwork.class);
    }
}
