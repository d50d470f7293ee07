package dev.ristretto.jdk.sealed;

import com.oracle.svm.core.feature.InternalFeature;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** In images into which files are sealed, and in no others. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class SealedFilesFeature implements InternalFeature {
    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        ImageSingletons.add(SealedFiles.class, new SealedFiles());
    }
}
