package dev.ristretto.jdk.io;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.Console;

/**
 * The machine cannot tell whether a person or a pipe is at the other end of its console, and it could not switch off the echo of a
 * password. Hence there is no {@link System#console()}, which programs must be prepared for anyway.
 */
@TargetClass(Console.class)
final class Target_java_io_Console {
    @Substitute
    private static int ttyStatus() {
        return 0;
    }
}
