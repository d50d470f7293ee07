package dev.ristretto.jdk.share;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.util.ReflectionUtil;
import dev.ristretto.jdk.lang.StartupHooks;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** In an image whose program can read or write files, and in no other, sees to it that the host's folders are there before the program is. */
@Platforms(Platform.HOSTED_ONLY.class)
public final class ShareFeature implements InternalFeature {

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        Class<?> channel = access.findClassByName("sun.nio.ch.FileChannelImpl");
        access.registerReachabilityHandler(during -> StartupHooks.add(during, new ShareStart()),
                ReflectionUtil.lookupMethod(FileInputStream.class, "open", String.class),
                ReflectionUtil.lookupMethod(FileOutputStream.class, "open", String.class, boolean.class),
                ReflectionUtil.lookupMethod(RandomAccessFile.class, "open", String.class, int.class),
                ReflectionUtil.lookupMethod(channel, "read", ByteBuffer.class),
                ReflectionUtil.lookupMethod(channel, "write", ByteBuffer.class));
    }
}
