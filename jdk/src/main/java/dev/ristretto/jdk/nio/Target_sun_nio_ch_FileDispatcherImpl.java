package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.io.FileDescriptor;
import java.io.IOException;

@TargetClass(className = "sun.nio.ch.FileDispatcherImpl")
final class Target_sun_nio_ch_FileDispatcherImpl {
    @Substitute
    static void init0() {
        // The original looks for a system call; there is nothing to look for here.
    }

    /** @param append not needed: a file that is open for appending is appended to */
    @Substitute
    static long transferTo0(FileDescriptor src, long position, long count, FileDescriptor dst, boolean append) throws IOException {
        return DispatcherCalls.transfer(src, position, dst, Transfer.OWN_POSITION, count);
    }

    /** @param append not needed: a file that is open for appending is appended to */
    @Substitute
    static long transferFrom0(FileDescriptor src, FileDescriptor dst, long position, long count, boolean append) throws IOException {
        return DispatcherCalls.transfer(src, Transfer.OWN_POSITION, dst, position, count);
    }
}
