package dev.ristretto.jdk.io;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.storage.ErrnoException;
import java.io.IOException;

@TargetClass(className = "java.io.FileCleanable")
final class Target_java_io_FileCleanable {
    @Substitute
    private static void cleanupClose0(int fd, long handle) throws IOException {
        try {
            Descriptors.table().close(fd);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }
}
