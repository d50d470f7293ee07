package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.jdk.io.Descriptors;
import dev.ristretto.jdk.io.Failures;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

@TargetClass(className = "sun.nio.ch.IOUtil")
final class Target_sun_nio_ch_IOUtil {
    @Substitute
    static void initIDs() {
        // The original looks up fields by name; there is nothing to look up here.
    }

    @Substitute
    static boolean randomBytes(byte[] someBytes) {
        throw new UnsupportedOperationException("not on Unix");
    }

    @Substitute
    static long makePipe(boolean blocking) throws IOException {
        try {
            return DispatcherCalls.makePipe(blocking);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    @Substitute
    static int write1(int fd, byte b) throws IOException {
        try {
            return Descriptors.get(fd).write(ByteBuffer.wrap(new byte[] {b}));
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    @Substitute
    static boolean drain(int fd) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64);
        boolean isDrained = false;
        try {
            while (Descriptors.get(fd).read(buffer.clear()) > 0) {
                isDrained = true;
            }
        } catch (ErrnoException e) {
            if (e.errno() != Errno.EAGAIN) {
                throw Failures.io(e);
            }
        }
        return isDrained;
    }

    @Substitute
    static int drain1(int fd) throws IOException {
        try {
            return Descriptors.get(fd).read(ByteBuffer.allocate(1));
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EAGAIN) {
                return 0;
            }
            throw Failures.io(e);
        }
    }

    @Substitute
    public static void configureBlocking(FileDescriptor fd, boolean blocking) throws IOException {
        DispatcherCalls.setBlocking(fd, blocking);
    }

    @Substitute
    public static int fdVal(FileDescriptor fd) {
        return DispatcherCalls.number(fd);
    }

    @Substitute
    static void setfdVal(FileDescriptor fd, int value) {
        DispatcherCalls.setNumber(fd, value);
    }

    @Substitute
    static int fdLimit() {
        return Descriptors.LIMIT;
    }

    /** Linux's {@code UIO_MAXIOV}. */
    @Substitute
    static int iovMax() {
        return 1024;
    }

    @Substitute
    static long writevMax() {
        return Integer.MAX_VALUE;
    }
}
