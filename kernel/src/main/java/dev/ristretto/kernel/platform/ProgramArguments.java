package dev.ristretto.kernel.platform;

import com.oracle.svm.core.JavaMainWrapper.JavaMainSupport;
import com.oracle.svm.core.jdk.RuntimeSupport;
import dev.ristretto.kernel.boot.BootArguments;
import dev.ristretto.kernel.boot.LauncherLine;
import org.graalvm.nativeimage.ImageSingletons;

/** Hands {@code main} the words after {@code --}, none of which SubstrateVM may take for an option of its own. */
final class ProgramArguments implements RuntimeSupport.Hook {
    @Override
    public void execute(boolean isFirstIsolate) {
        ImageSingletons.lookup(JavaMainSupport.class).mainArgs = BootArguments.programArguments();
        BootArguments.warnOfUnknown();
        LauncherLine.mark("runtime");
    }
}
