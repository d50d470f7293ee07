package dev.ristretto.jdk.disk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.RuntimeSupport;
import com.oracle.svm.hosted.FeatureImpl.DuringAnalysisAccessImpl;
import com.oracle.svm.util.ReflectionUtil;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** In an image whose program can write to files, and in no other, sees to it that the machine's disks are there before the program is. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class DiskFeature implements InternalFeature {

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        Class<?> channel = access.findClassByName("sun.nio.ch.FileChannelImpl");
        // All that writes to a file goes through one of these.
        access.registerReachabilityHandler(DiskFeature::addStart,
                ReflectionUtil.lookupMethod(FileOutputStream.class, "open", String.class, boolean.class),
                ReflectionUtil.lookupMethod(RandomAccessFile.class, "open", String.class, int.class),
                ReflectionUtil.lookupMethod(channel, "write", ByteBuffer.class),
                ReflectionUtil.lookupMethod(channel, "map", MapMode.class, long.class, long.class),
                ReflectionUtil.lookupMethod(channel, "map", MapMode.class, long.class, long.class, Arena.class),
                ReflectionUtil.lookupMethod(channel, "force", boolean.class));
    }

    private static void addStart(DuringAnalysisAccess during) {
        RuntimeSupport support = RuntimeSupport.getRuntimeSupport();
        support.addStartupHook(new DiskStart());
        ((DuringAnalysisAccessImpl) during).rescanField(support, ReflectionUtil.lookupField(RuntimeSupport.class, "startupHooks"));
    }
}
