package dev.ristretto.jdk.io;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.storage.vfs.OpenFlags;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;

@TargetClass(FileOutputStream.class)
final class Target_java_io_FileOutputStream {
    @Alias
    private FileDescriptor fd;

    @Substitute
    private static void initIDs() {
        // The original looks up fields by name; there is nothing to look up here.
    }

    @Substitute
    private void open0(String name, boolean append) throws FileNotFoundException {
        int end = append ? OpenFlags.O_APPEND : OpenFlags.O_TRUNC;
        Streams.open(fd, name, OpenFlags.O_WRONLY | OpenFlags.O_CREAT | end, append);
    }

    /** @param append not needed: whether the file was opened for appending decides */
    @Substitute
    private void write(int b, boolean append) throws IOException {
        Streams.write(fd, b);
    }

    /** @param append not needed: whether the file was opened for appending decides */
    @Substitute
    private void writeBytes(byte[] b, int off, int len, boolean append) throws IOException {
        Streams.write(fd, b, off, len);
    }
}
