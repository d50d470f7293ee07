package dev.ristretto.jdk.lang;

import java.io.Console;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** What is left of {@link System} when SubstrateVM and the kernel have answered for streams, properties and clocks. */
@TargetClass(System.class)
final class Target_java_lang_System {
    /** The builder's console, if it has asked for one, is not the image's. */
    @Alias @RecomputeFieldValue(kind = RecomputeFieldValue.Kind.Reset) //
    private static volatile Console cons;

    /** The name that a library would have as a file, as on Linux; none can be loaded, but programs print these names. */
    @Substitute
    public static String mapLibraryName(String libname) {
        if (libname == null) {
            throw new NullPointerException();
        }
        return "lib" + libname + ".so";
    }
}
