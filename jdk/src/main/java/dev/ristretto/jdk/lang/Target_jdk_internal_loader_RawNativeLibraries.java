package dev.ristretto.jdk.lang;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Libraries for the foreign function interface: none is ever found. */
@TargetClass(className = "jdk.internal.loader.RawNativeLibraries")
final class Target_jdk_internal_loader_RawNativeLibraries {

    @Substitute
    @SuppressWarnings("unused")
    private static boolean load0(Target_jdk_internal_loader_RawNativeLibraries_RawNativeLibraryImpl impl, String name) {
        return false;
    }

    @Substitute
    @SuppressWarnings("unused")
    private static void unload0(String name, long handle) {
        throw new IllegalStateException(name + " was never loaded");
    }
}

@TargetClass(className = "jdk.internal.loader.RawNativeLibraries", innerClass = "RawNativeLibraryImpl")
final class Target_jdk_internal_loader_RawNativeLibraries_RawNativeLibraryImpl {
}
