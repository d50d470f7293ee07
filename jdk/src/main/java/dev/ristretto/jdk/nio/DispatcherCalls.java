package dev.ristretto.jdk.nio;

import com.oracle.svm.core.SubstrateUtil;
import dev.ristretto.jdk.io.Descriptors;
import dev.ristretto.jdk.io.Failures;
import dev.ristretto.jdk.io.MachineFiles;
import dev.ristretto.jdk.net.descriptor.ClosedFile;
import dev.ristretto.jdk.net.descriptor.Pipe;
import dev.ristretto.jdk.net.descriptor.Pollable;
import dev.ristretto.jdk.nio.memory.MappedCopy;
import dev.ristretto.jdk.nio.memory.NativeMemory;
import dev.ristretto.jdk.sealed.SealedFiles;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileType;
import dev.ristretto.storage.vfs.OpenFile;
import dev.ristretto.storage.vfs.Status;
import java.io.FileDescriptor;
import java.io.IOException;

/** What file channels ask of the system; results in the terms of {@code sun.nio.ch.IOStatus}. */
final class DispatcherCalls {
    /** {@code IOStatus.EOF}. */
    static final int END_OF_FILE = -1;
    /** {@code IOStatus.UNAVAILABLE}: would have to wait, and must not. */
    static final int UNAVAILABLE = -2;
    /** {@code IOStatus.INTERRUPTED}: closed while it waited. */
    static final int INTERRUPTED = -3;
    /** {@code IOStatus.UNSUPPORTED_CASE}: the caller shall go about it another way. */
    static final int UNSUPPORTED_CASE = -6;

    /** {@code MAP_RO} of {@code UnixFileDispatcherImpl}. */
    private static final int MAP_READ_ONLY = 0;
    /** {@code MAP_RW} of {@code UnixFileDispatcherImpl}. */
    private static final int MAP_READ_WRITE = 1;
    /** {@code MAP_PV} of {@code UnixFileDispatcherImpl}. */
    private static final int MAP_PRIVATE = 2;

    private DispatcherCalls() {
    }

    static int number(FileDescriptor descriptor) {
        return SubstrateUtil.cast(descriptor, Target_java_io_FileDescriptor_nio.class).fd;
    }

    static void setNumber(FileDescriptor descriptor, int number) {
        SubstrateUtil.cast(descriptor, Target_java_io_FileDescriptor_nio.class).fd = number;
    }

    static OpenFile file(FileDescriptor descriptor) throws ErrnoException {
        return Descriptors.get(number(descriptor));
    }

    static int read(FileDescriptor descriptor, long address, int length) throws IOException {
        try {
            return readResult(file(descriptor).read(NativeMemory.buffer(address, length)), length);
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    static int read(FileDescriptor descriptor, long address, int length, long position) throws IOException {
        try {
            return readResult(file(descriptor).read(position, NativeMemory.buffer(address, length)), length);
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    static long readAll(FileDescriptor descriptor, long address, int count) throws IOException {
        try {
            long length = file(descriptor).read(NativeMemory.buffers(address, count));
            return length == 0 ? END_OF_FILE : length;
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    static int write(FileDescriptor descriptor, long address, int length) throws IOException {
        try {
            return file(descriptor).write(NativeMemory.buffer(address, length));
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    static int write(FileDescriptor descriptor, long address, int length, long position) throws IOException {
        try {
            return file(descriptor).write(position, NativeMemory.buffer(address, length));
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    static long writeAll(FileDescriptor descriptor, long address, int count) throws IOException {
        try {
            return file(descriptor).write(NativeMemory.buffers(address, count));
        } catch (ErrnoException e) {
            return failure(e);
        }
    }

    private static int readResult(int count, int length) {
        return count == 0 && length > 0 ? END_OF_FILE : count;
    }

    private static int failure(ErrnoException e) throws IOException {
        if (e.errno() == Errno.EAGAIN) {
            return UNAVAILABLE;
        }
        if (e.errno() == Errno.EINTR) {
            return INTERRUPTED;
        }
        throw Failures.io(e);
    }

    static int force(FileDescriptor descriptor, boolean metaData) throws IOException {
        try {
            file(descriptor).sync(metaData);
            return 0;
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static long seek(FileDescriptor descriptor, long offset) throws IOException {
        try {
            OpenFile file = file(descriptor);
            if (offset >= 0) {
                file.seek(offset);
                return offset;
            }
            return file.position();
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static int truncate(FileDescriptor descriptor, long size) throws IOException {
        try {
            file(descriptor).truncate(size);
            return 0;
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static Attributes attributes(FileDescriptor descriptor) throws IOException {
        return status(descriptor).attributes();
    }

    static Status status(FileDescriptor descriptor) throws IOException {
        try {
            return file(descriptor).status();
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static int available(FileDescriptor descriptor) throws IOException {
        try {
            return (int) Math.min(Integer.MAX_VALUE, file(descriptor).available());
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static boolean isDevice(FileDescriptor descriptor) throws IOException {
        return attributes(descriptor).type() == FileType.CHARACTER_DEVICE;
    }

    /** Fails if the descriptor is none: all there is to do for what a machine with one program need not do, such as locking. */
    static void check(FileDescriptor descriptor) throws IOException {
        try {
            file(descriptor);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    /** Files never wait, so that there is nothing to set; but a wrong descriptor is reported. */
    static void setBlocking(FileDescriptor descriptor, boolean blocking) throws IOException {
        try {
            if (file(descriptor) instanceof Pollable pollable) {
                pollable.setBlocking(blocking);
            }
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    /** Returns the descriptors of both ends: the one to read from in the upper half. */
    static long makePipe(boolean blocking) throws ErrnoException {
        Pipe pipe = new Pipe();
        pipe.source().setBlocking(blocking);
        pipe.sink().setBlocking(blocking);
        int source = Descriptors.table().add(pipe.source());
        try {
            return (long) source << 32 | Descriptors.table().add(pipe.sink());
        } catch (ErrnoException e) {
            Descriptors.table().close(source);
            throw e;
        }
    }

    /** Ends what threads do with a descriptor at this moment, and keeps its number from being used for something else. */
    static void preClose(int number) throws IOException {
        try {
            if (Descriptors.get(number) instanceof Pollable) {
                Descriptors.table().set(number, new ClosedFile());
            }
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static void close(int number) throws IOException {
        if (number == -1) {
            return;
        }
        try {
            Descriptors.table().close(number);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    static long map(FileDescriptor descriptor, int protection, long position, long length, boolean isSync) throws IOException {
        if (isSync) {
            throw new IOException("map with mode MAP_SYNC unsupported: there is no persistent memory");
        }
        try {
            OpenFile file = file(descriptor);
            if (file.status().attributes().type() != FileType.REGULAR) {
                throw Errno.ENODEV.exception();
            }
            long address = protection == MAP_READ_ONLY ? SealedFiles.address(file.node(), position, length) : 0;
            if (address != 0) {
                return address;
            }
            return protection == MAP_PRIVATE ? MappedCopy.create(file, position, length)
                    : MachineFiles.vfs().maps().map((FileNode) file.node(), position, length, protection == MAP_READ_WRITE);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOMEM) {
                throw new OutOfMemoryError("Map failed");
            }
            if (e.errno() == Errno.EBUSY) {
                throw new IOException("Map failed: part of it is mapped already, where there is no room for the rest; end that map first");
            }
            throw Failures.io(e);
        }
    }

    static void unmap(long address, long length) {
        if (!SealedFiles.isInside(address) && !MachineFiles.vfs().maps().unmap(address, length)) {
            MappedCopy.free(address);
        }
    }

    /** Makes last what was changed by way of a map; a read-only or private one has nothing of the kind. */
    static void forceMap(long address, long length) throws IOException {
        try {
            MachineFiles.vfs().maps().force(address, length);
        } catch (ErrnoException e) {
            throw Failures.io(e);
        }
    }

    /** Moves bytes between channels; declared without exceptions by the JDK, which nevertheless expects an {@code IOException}. */
    static long transfer(FileDescriptor source, long from, FileDescriptor target, long to, long count) throws IOException {
        try {
            if (file(source) instanceof Pollable) {
                // What has been read from there cannot be put back when there is no more for now: the JDK's own way takes care of that.
                return UNSUPPORTED_CASE;
            }
            return Transfer.move(file(source), from, file(target), to, count, 0);
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ESPIPE) {
                return UNSUPPORTED_CASE;
            }
            return failure(e);
        }
    }
}
