package dev.ristretto.jdk.lang;

import com.oracle.svm.core.Isolates;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

import dev.ristretto.kernel.boot.BootArguments;

/** What is known about the one process: its arguments, its user and when it started. There is no file that holds its command. */
@TargetClass(className = "java.lang.ProcessHandleImpl", innerClass = "Info")
final class Target_java_lang_ProcessHandleImpl_Info {
    @Alias String[] arguments;
    @Alias long startTime;
    @Alias String user;

    @Substitute
    private static void initIDs() {
        // Nothing here looks fields up by name.
    }

    @Substitute
    private void info0(long pid) {
        if (pid == OnlyProcess.ID) {
            arguments = BootArguments.programArguments().clone();
            startTime = Isolates.getInitDoneTimeMillis();
            user = ImageProperties.USER_NAME;
        }
    }
}
