package dev.ristretto.jdk;

import java.util.List;

import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.impl.RuntimeClassInitializationSupport;

/**
 * Classes of the JDK whose static fields describe the machine they run on. SubstrateVM initializes the JDK while it builds; for these,
 * that would carry the building machine into the image. It lists them for its own platforms only
 * ({@code com.oracle.svm.hosted.jdk.JNIRegistrationJavaNet}, {@code …JavaNio}, {@code …JavaZip}, {@code …Prefs}).
 */
@Platforms(Platform.HOSTED_ONLY.class)
final class RunTimeInitialized {
    private static final String REASON = "holds what its native methods said about the machine";

    private static final List<String> CLASSES = List.of(
                    "java.net.DatagramPacket",
                    "java.net.Inet4Address",
                    "java.net.Inet6Address",
                    "java.net.InetAddress",
                    "java.net.NetworkInterface",
                    "java.nio.MappedMemoryUtils",
                    "java.nio.file.Files$FileTypeDetectors",
                    "java.util.prefs.FileSystemPreferences",
                    "java.util.zip.Adler32",
                    "java.util.zip.CRC32",
                    "java.util.zip.Deflater",
                    "java.util.zip.Inflater",
                    "javax.net.ssl.SSLContext",
                    "jdk.net.ExtendedSocketOptions",
                    "jdk.net.ExtendedSocketOptions$PlatformSocketOptions",
                    "sun.net.ext.ExtendedSocketOptions",
                    "sun.net.www.protocol.jar.JarFileFactory",
                    "sun.net.www.protocol.jar.JarURLConnection",
                    "sun.nio.ch.AsynchronousServerSocketChannelImpl$DefaultOptionsHolder",
                    "sun.nio.ch.AsynchronousSocketChannelImpl$DefaultOptionsHolder",
                    "sun.nio.ch.DatagramChannelImpl",
                    "sun.nio.ch.DatagramChannelImpl$DefaultOptionsHolder",
                    "sun.nio.ch.FileChannelImpl",
                    "sun.nio.ch.FileChannelImpl$Unmapper",
                    "sun.nio.ch.FileDispatcherImpl",
                    "sun.nio.ch.FileKey",
                    "sun.nio.ch.IOUtil",
                    "sun.nio.ch.InheritedChannel",
                    "sun.nio.ch.NativeThread",
                    "sun.nio.ch.Net",
                    "sun.nio.ch.NioSocketImpl",
                    "sun.nio.ch.ServerSocketChannelImpl",
                    "sun.nio.ch.ServerSocketChannelImpl$DefaultOptionsHolder",
                    "sun.nio.ch.SimpleAsynchronousFileChannelImpl",
                    "sun.nio.ch.SimpleAsynchronousFileChannelImpl$DefaultExecutorHolder",
                    "sun.nio.ch.SinkChannelImpl",
                    "sun.nio.ch.SocketChannelImpl$DefaultOptionsHolder",
                    "sun.nio.ch.SocketOptionRegistry$LazyInitialization",
                    "sun.nio.ch.SourceChannelImpl",
                    "sun.nio.ch.UnixAsynchronousServerSocketChannelImpl",
                    "sun.nio.fs.UnixNativeDispatcher");

    private RunTimeInitialized() {
    }

    static void register(RuntimeClassInitializationSupport initialization) {
        for (String name : CLASSES) {
            initialization.initializeAtRunTime(name, REASON);
        }
    }
}
