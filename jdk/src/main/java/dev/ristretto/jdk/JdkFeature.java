package dev.ristretto.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;

import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.impl.ProcessPropertiesSupport;
import org.graalvm.nativeimage.impl.RuntimeClassInitializationSupport;
import org.graalvm.nativeimage.impl.RuntimeSystemPropertiesSupport;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.NativeLibrarySupport;
import com.oracle.svm.core.jdk.PlatformNativeLibrarySupport;
import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.core.jdk.RuntimeSupportFeature;
import com.oracle.svm.core.jdk.SystemPropertiesSupport;
import com.oracle.svm.core.thread.ThreadCpuTimeSupport;

import dev.ristretto.jdk.detect.UnansweredNativesFeature;
import dev.ristretto.jdk.disk.DiskFeature;
import dev.ristretto.jdk.format.SimpleFormatFeature;
import dev.ristretto.jdk.lang.CommandLineProperties;
import dev.ristretto.jdk.lang.HeapWarning;
import dev.ristretto.jdk.lang.ImageLibraries;
import dev.ristretto.jdk.lang.ImageProcess;
import dev.ristretto.jdk.lang.ImageProperties;
import dev.ristretto.jdk.management.ThreadCpuTimes;
import dev.ristretto.jdk.net.NetworkFeature;
import dev.ristretto.jdk.share.ShareFeature;

/** Gives SubstrateVM what it asks of a platform on behalf of the JDK; what it asks for itself is the kernel's to give. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class JdkFeature implements InternalFeature {

    @Override
    public List<Class<? extends Feature>> getRequiredFeatures() {
        return List.of(RuntimeSupportFeature.class, UnansweredNativesFeature.class, NetworkFeature.class, DiskFeature.class, ShareFeature.class,
                SimpleFormatFeature.class);
    }

    @Override
    public void afterRegistration(AfterRegistrationAccess access) {
        ImageProperties properties = new ImageProperties(version());
        ImageSingletons.add(RuntimeSystemPropertiesSupport.class, properties);
        ImageSingletons.add(SystemPropertiesSupport.class, properties);
        ImageSingletons.add(ProcessPropertiesSupport.class, new ImageProcess());
        ImageSingletons.add(PlatformNativeLibrarySupport.class, new ImageLibraries());
        ImageSingletons.add(ThreadCpuTimeSupport.class, new ThreadCpuTimes());
        RunTimeInitialized.register(ImageSingletons.lookup(RuntimeClassInitializationSupport.class));
    }

    @Override
    public void duringSetup(DuringSetupAccess access) {
        RuntimeSupport.getRuntimeSupport().addInitializationHook(new CommandLineProperties());
        RuntimeSupport.getRuntimeSupport().addStartupHook(new HeapWarning());
        for (String library : ImageLibraries.OF_THE_JDK) {
            NativeLibrarySupport.singleton().preregisterUninitializedBuiltinLibrary(library);
        }
    }

    private static String version() {
        Properties build = new Properties();
        try (InputStream in = JdkFeature.class.getResourceAsStream("build.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read build.properties beside " + JdkFeature.class.getName(), e);
        }
        return build.getProperty("version");
    }
}
