package dev.ristretto.jdk.io;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.vfs.OpenFile;
import dev.ristretto.storage.vfs.OpenFlags;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;

@TargetClass(FileInputStream.class)
final class Target_java_io_FileInputStream {
    @Alias
    private FileDescriptor fd;

    @Substitute
    private static void initIDs() {
        // The original looks up fields by name; there is nothing to look up here.
    }

    @Substitute
    private void open0(String name) throws FileNotFoundException {
        Streams.open(fd, name, OpenFlags.O_RDONLY, false);
    }

    @Substitute
    private int read0() throws IOException {
        return Streams.read(fd);
    }

    @Substitute
    private int readBytes(byte[] b, int off, int len) throws IOException {
        return Streams.read(fd, b, off, len);
    }

    @Substitute
    private long length0() throws IOException {
        return Streams.length(fd);
    }

    @Substitute
    private long position0() throws IOException {
        return Streams.position(fd);
    }

    @Substitute
    private long skip0(long n) throws IOException {
        OpenFile file = Streams.file(fd);
        try {
            long before = file.position();
            return file.skip(n) - before;
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    @Substitute
    private int available0() throws IOException {
        OpenFile file = Streams.file(fd);
        try {
            return (int) Math.min(Integer.MAX_VALUE, file.available());
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    @Substitute
    private boolean isRegularFile0(FileDescriptor fdo) throws IOException {
        try {
            return Descriptors.get(Streams.number(fdo)).status().attributes().type() == FileType.REGULAR;
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }
}
