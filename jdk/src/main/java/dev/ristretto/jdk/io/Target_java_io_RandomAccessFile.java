package dev.ristretto.jdk.io;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.OpenFile;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;

@TargetClass(RandomAccessFile.class)
final class Target_java_io_RandomAccessFile {
    @Alias
    private FileDescriptor fd;

    @Substitute
    private static void initIDs() {
        // The original looks up fields by name; there is nothing to look up here.
    }

    @Substitute
    private void open0(String name, int mode) throws FileNotFoundException {
        Streams.open(fd, name, Streams.randomAccessFlags(mode), false);
    }

    @Substitute
    private int read0() throws IOException {
        return Streams.read(fd);
    }

    @Substitute
    private int readBytes0(byte[] b, int off, int len) throws IOException {
        return Streams.read(fd, b, off, len);
    }

    @Substitute
    private void write0(int b) throws IOException {
        Streams.write(fd, b);
    }

    @Substitute
    private void writeBytes0(byte[] b, int off, int len) throws IOException {
        Streams.write(fd, b, off, len);
    }

    @Substitute
    public long getFilePointer() throws IOException {
        return Streams.position(fd);
    }

    @Substitute
    private void seek0(long pos) throws IOException {
        OpenFile file = Streams.file(fd);
        if (pos < 0) {
            throw new IOException("Negative seek offset");
        }
        try {
            file.seek(pos);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    @Substitute
    private long length0() throws IOException {
        return Streams.length(fd);
    }

    @Substitute
    private void setLength0(long newLength) throws IOException {
        OpenFile file = Streams.file(fd);
        try {
            long position = file.position();
            file.truncate(newLength);
            if (position > newLength) {
                file.seek(newLength);
            }
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }
}
