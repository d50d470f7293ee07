package dev.ristretto.jdk.io;

import com.oracle.svm.core.SubstrateUtil;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.vfs.OpenFile;
import dev.ristretto.storage.vfs.OpenFlags;
import dev.ristretto.storage.vfs.Vfs;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What the natives of {@code FileInputStream}, {@code FileOutputStream} and {@code RandomAccessFile} have in common. */
final class Streams {
    /** Permissions asked for when a file is created; the umask has its say too. */
    private static final int CREATION_PERMISSIONS = 0666;

    /** The private constants of {@code RandomAccessFile}. */
    private static final int MODE_READ_WRITE = 2;
    private static final int MODE_SYNC = 4;
    private static final int MODE_DATA_SYNC = 8;

    private Streams() {
    }

    /** Translates the mode of a {@code RandomAccessFile}. */
    static int randomAccessFlags(int mode) {
        if ((mode & MODE_READ_WRITE) == 0) {
            return OpenFlags.O_RDONLY;
        }
        int sync = (mode & MODE_SYNC) != 0 ? OpenFlags.O_SYNC : (mode & MODE_DATA_SYNC) != 0 ? OpenFlags.O_DSYNC : 0;
        return OpenFlags.O_RDWR | OpenFlags.O_CREAT | sync;
    }

    /** Returns the open file behind a stream's descriptor. */
    static OpenFile file(FileDescriptor descriptor) throws IOException {
        int number = number(descriptor);
        if (number == -1) {
            throw Failures.closed();
        }
        try {
            return Descriptors.get(number);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static int number(FileDescriptor descriptor) {
        return descriptor == null ? -1 : SubstrateUtil.cast(descriptor, Target_java_io_FileDescriptor.class).fd;
    }

    /** Opens a file for a stream; anything but a directory will do. */
    static int open(String path, int flags) throws ErrnoException {
        Vfs vfs = MachineFiles.vfs();
        String plain = withoutTrailingSlashes(path);
        OpenFile file = vfs.open(vfs.workingDirectory(), plain, flags, CREATION_PERMISSIONS);
        int descriptor = Descriptors.table().add(file);
        if (isDirectory(file)) {
            Descriptors.table().close(descriptor);
            throw Errno.EISDIR.exception();
        }
        return descriptor;
    }

    /** Opens a file for a stream and makes the stream's descriptor stand for it. */
    static void open(FileDescriptor descriptor, String path, int flags, boolean append) throws FileNotFoundException {
        int number;
        try {
            number = open(path, flags);
        } catch (ErrnoException e) {
            throw Failures.notFound(path, e);
        }
        Target_java_io_FileDescriptor target = SubstrateUtil.cast(descriptor, Target_java_io_FileDescriptor.class);
        target.fd = number;
        target.append = append;
    }

    private static boolean isDirectory(OpenFile file) throws ErrnoException {
        return file.status().attributes().type() == FileType.DIRECTORY;
    }

    /** A path with slashes at its end asks for a directory; the JDK drops them, so that streams can open {@code "file/"}. */
    private static String withoutTrailingSlashes(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** As the natives of the JDK do it, which give no reason. */
    private static void checkRange(byte[] bytes, int offset, int length) {
        if ((offset | length) < 0 || length > bytes.length - offset) {
            throw new IndexOutOfBoundsException();
        }
    }

    /** Reads one byte; -1 at the end. */
    static int read(FileDescriptor descriptor) throws IOException {
        byte[] one = new byte[1];
        return read(descriptor, one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Reads some bytes; -1 at the end. */
    static int read(FileDescriptor descriptor, byte[] bytes, int offset, int length) throws IOException {
        checkRange(bytes, offset, length);
        if (length == 0) {
            return 0;
        }
        OpenFile file = file(descriptor);
        try {
            int count = file.read(ByteBuffer.wrap(bytes, offset, length));
            return count == 0 ? -1 : count;
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    /** Writes one byte. */
    static void write(FileDescriptor descriptor, int value) throws IOException {
        write(descriptor, new byte[] {(byte) value}, 0, 1);
    }

    /** Writes all bytes. */
    static void write(FileDescriptor descriptor, byte[] bytes, int offset, int length) throws IOException {
        checkRange(bytes, offset, length);
        if (length == 0) {
            return;
        }
        OpenFile file = file(descriptor);
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        try {
            while (buffer.hasRemaining()) {
                file.write(buffer);
            }
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static long position(FileDescriptor descriptor) throws IOException {
        OpenFile file = file(descriptor);
        try {
            return file.position();
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static long length(FileDescriptor descriptor) throws IOException {
        OpenFile file = file(descriptor);
        try {
            return file.status().attributes().size();
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }
}
