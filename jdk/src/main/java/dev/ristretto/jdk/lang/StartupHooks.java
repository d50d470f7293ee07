package dev.ristretto.jdk.lang;

import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.hosted.FeatureImpl.DuringAnalysisAccessImpl;
import com.oracle.svm.util.ReflectionUtil;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.hosted.Feature.DuringAnalysisAccess;

/** What runs before {@code main} of programs that can do certain things, as the builder finds out while it analyses them. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class StartupHooks {
    private StartupHooks() {
    }

    /** Adds one, in the midst of the analysis. */
    public static void add(DuringAnalysisAccess during, RuntimeSupport.Hook hook) {
        RuntimeSupport support = RuntimeSupport.getRuntimeSupport();
        support.addStartupHook(hook);
        ((DuringAnalysisAccessImpl) during).rescanField(support, ReflectionUtil.lookupField(RuntimeSupport.class, "startupHooks"));
    }
}
