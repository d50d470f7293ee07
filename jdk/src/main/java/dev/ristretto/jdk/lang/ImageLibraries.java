package dev.ristretto.jdk.lang;

import java.util.List;

import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.word.PointerBase;
import org.graalvm.word.WordFactory;

import com.oracle.svm.core.jdk.PlatformNativeLibrarySupport;

/**
 * Native libraries. Those of the JDK count as loaded, since their functions are answered in Java; any other cannot be loaded, and says
 * so instead of "no such file".
 */
public final class ImageLibraries extends PlatformNativeLibrarySupport {
    /** The libraries that the JDK's Java code loads by name in the modules an image may contain. */
    public static final List<String> OF_THE_JDK = List.of("java", "net", "nio", "zip", "extnet", "jimage", "prefs", "management",
                    "management_ext", "syslookup");

    @Platforms(Platform.HOSTED_ONLY.class)
    public ImageLibraries() {
    }

    @Override
    public boolean isBuiltinLibrary(String name) {
        return OF_THE_JDK.contains(name);
    }

    @Override
    public NativeLibrary createLibrary(String canonical, boolean builtIn) {
        return new Library(canonical, builtIn);
    }

    @Override
    public PointerBase findBuiltinSymbol(String name) {
        return WordFactory.nullPointer();
    }

    @Override
    public boolean initializeBuiltinLibraries() {
        return true;
    }

    /**
     * A library. Those of the JDK are loaded from the start: loading one would look for its {@code JNI_OnLoad}, which it does not have.
     */
    private static final class Library implements NativeLibrary {
        private final String name;
        private final boolean ofTheJdk;

        Library(String name, boolean ofTheJdk) {
            this.name = name;
            this.ofTheJdk = ofTheJdk;
        }

        @Override
        public String getCanonicalIdentifier() {
            return name;
        }

        @Override
        public boolean isBuiltin() {
            return ofTheJdk;
        }

        @Override
        public boolean load() {
            throw new UnsatisfiedLinkError("A sealed image cannot load native libraries: " + name);
        }

        @Override
        public boolean unload() {
            return false;
        }

        @Override
        public boolean isLoaded() {
            return ofTheJdk;
        }

        @Override
        public PointerBase findSymbol(String symbol) {
            return WordFactory.nullPointer();
        }
    }
}
