package dev.ristretto.jdk.disk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.util.ReflectionUtil;
import dev.ristretto.jdk.lang.StartupHooks;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;
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
        List<Object> signs = new ArrayList<>();
        // All that writes to a file goes through one of these.
        signs.add(ReflectionUtil.lookupMethod(FileOutputStream.class, "open", String.class, boolean.class));
        signs.add(ReflectionUtil.lookupMethod(RandomAccessFile.class, "open", String.class, int.class));
        signs.add(ReflectionUtil.lookupMethod(channel, "write", ByteBuffer.class));
        signs.add(ReflectionUtil.lookupMethod(channel, "map", MapMode.class, long.class, long.class));
        signs.add(ReflectionUtil.lookupMethod(channel, "map", MapMode.class, long.class, long.class, Arena.class));
        signs.add(ReflectionUtil.lookupMethod(channel, "force", boolean.class));
        signs.addAll(List.of(FileReader.class.getConstructors()));
        // All that java.nio.file opens, for reading or writing, goes through these; their parameters differ among updates of the JDK.
        for (Method method : access.findClassByName("sun.nio.fs.UnixChannelFactory").getDeclaredMethods()) {
            if (method.getName().equals("newFileChannel")) {
                signs.add(method);
            }
        }
        // One handler, called once, whichever of them it is.
        access.registerReachabilityHandler(during -> StartupHooks.add(during, new DiskStart()), signs.toArray());
    }
}
