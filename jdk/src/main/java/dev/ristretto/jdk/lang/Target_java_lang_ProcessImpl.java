package dev.ristretto.jdk.lang;

import java.io.IOException;
import java.util.Map;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/** Starting a process fails at once; {@link ProcessBuilder} adds the name of the program to the message. */
@TargetClass(className = "java.lang.ProcessImpl")
final class Target_java_lang_ProcessImpl {

    @Substitute
    @SuppressWarnings("unused")
    static Process start(String[] cmdarray, Map<String, String> environment, String dir, ProcessBuilder.Redirect[] redirects,
                    boolean redirectErrorStream) throws IOException {
        throw new IOException("a sealed image cannot start processes");
    }

    @Substitute
    private static void init() {
        // Prepares the JDK's own C code for forking.
    }
}
