package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.storage.vfs.Status;
import java.io.FileDescriptor;
import java.io.IOException;

@TargetClass(className = "sun.nio.ch.FileKey")
final class Target_sun_nio_ch_FileKey {
    @Substitute
    private static void init(FileDescriptor fd, long[] finfo) throws IOException {
        Status status = DispatcherCalls.status(fd);
        finfo[0] = status.device();
        finfo[1] = status.attributes().number();
    }
}
