package dev.ristretto.jdk.disk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.util.ReflectionUtil;
import dev.ristretto.jdk.lang.StartupHooks;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.Charset;
import java.util.Set;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * In an image whose program can write to files, or read them in the ways that programs do and the JDK itself does not, sees to it that the
 * machine's disks are there before the program is; and in no other. Every program that knows the network has code to read files
 * with {@code FileInputStream}, of names of hosts and of settings for logs: that is no sign that it could use a disk.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class DiskFeature implements InternalFeature {

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        Class<?> channel = access.findClassByName("sun.nio.ch.FileChannelImpl");
        // All that writes to a file goes through one of these.
        access.registerReachabilityHandler(during -> StartupHooks.add(during, new DiskStart()),
                ReflectionUtil.lookupMethod(FileOutputStream.class, "open", String.class, boolean.class),
                ReflectionUtil.lookupMethod(RandomAccessFile.class, "open", String.class, int.class),
                ReflectionUtil.lookupMethod(channel, "write", ByteBuffer.class),
                ReflectionUtil.lookupMethod(channel, "map", MapMode.class, long.class, long.class),
                ReflectionUtil.lookupMethod(channel, "map", MapMode.class, long.class, long.class, Arena.class),
                ReflectionUtil.lookupMethod(channel, "force", boolean.class),
                // All that java.nio.file opens, for reading or writing, goes through this.
                ReflectionUtil.lookupMethod(access.findClassByName("sun.nio.fs.UnixChannelFactory"), "newFileChannel", int.class,
                        access.findClassByName("sun.nio.fs.UnixPath"), String.class, Set.class, int.class),
                ReflectionUtil.lookupConstructor(FileReader.class, String.class),
                ReflectionUtil.lookupConstructor(FileReader.class, File.class),
                ReflectionUtil.lookupConstructor(FileReader.class, String.class, Charset.class),
                ReflectionUtil.lookupConstructor(FileReader.class, File.class, Charset.class));
    }
}
