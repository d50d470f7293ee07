package dev.ristretto.jdk.net;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.hosted.FeatureImpl.DuringAnalysisAccessImpl;
import com.oracle.svm.util.ReflectionUtil;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** In an image whose program can open sockets, and in no other, sees to it that the network is there before the program asks for it. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class NetworkFeature implements InternalFeature {

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        access.registerReachabilityHandler(NetworkFeature::addStart,
                ReflectionUtil.lookupMethod(SocketCalls.class, "open", boolean.class, boolean.class, boolean.class));
    }

    private static void addStart(DuringAnalysisAccess during) {
        RuntimeSupport support = RuntimeSupport.getRuntimeSupport();
        support.addStartupHook(new EarlyStart());
        ((DuringAnalysisAccessImpl) during).rescanField(support, ReflectionUtil.lookupField(RuntimeSupport.class, "startupHooks"));
    }
}
