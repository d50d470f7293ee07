package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

/** What is mapped is in memory from the start. */
@TargetClass(className = "java.nio.MappedMemoryUtils")
final class Target_java_nio_MappedMemoryUtils {
    @Substitute
    private static void registerNatives() {
        // The original binds the others.
    }

    @Substitute
    private static boolean isLoaded0(long address, long length, long pageCount) {
        return true;
    }

    @Substitute
    private static void load0(long address, long length) {
        // Loaded from the start.
    }

    @Substitute
    private static void unload0(long address, long length) {
        // Advice that need not be taken.
    }

    @Substitute
    private static void force0(FileDescriptor fd, long address, long length) throws IOException {
        DispatcherCalls.forceMap(address, length);
    }
}
