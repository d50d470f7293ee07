package dev.ristretto.jdk.io;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.storage.ErrnoException;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.SyncFailedException;

@TargetClass(FileDescriptor.class)
final class Target_java_io_FileDescriptor {
    @Alias
    int fd;

    @Alias
    boolean append;

    @Substitute
    private static void initIDs() {
        // The originals look up fields by name; there is nothing to look up here.
    }

    @Substitute
    private static long getHandle(int d) {
        return -1;
    }

    @Substitute
    private static boolean getAppend(int fd) {
        return false;
    }

    @Substitute
    private void sync0() throws SyncFailedException {
        try {
            Descriptors.get(fd).sync(true);
        } catch (ErrnoException e) {
            throw new SyncFailedException("sync failed"); // that is all that the JDK says, whatever the reason
        }
    }

    @Substitute
    private void close0() throws IOException {
        int number = fd;
        if (number == -1) {
            return;
        }
        // First this, so that no other thread reads or writes by a number that means another file by then.
        fd = -1;
        try {
            Descriptors.closeStream(number);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }
}
