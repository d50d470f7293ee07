package dev.ristretto.jdk.io;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.IOException;

@TargetClass(className = "jdk.internal.io.JdkConsoleImpl")
final class Target_jdk_internal_io_JdkConsoleImpl {
    @Substitute
    private static boolean echo(boolean on) throws IOException {
        throw new IOException("The machine's console has no echo that could be switched " + (on ? "on" : "off")
                + ": what is typed is shown by the terminal at its other end");
    }
}
