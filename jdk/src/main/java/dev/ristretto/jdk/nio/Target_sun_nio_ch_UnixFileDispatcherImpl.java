package dev.ristretto.jdk.nio;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import dev.ristretto.storage.map.MapMemory;
import java.io.FileDescriptor;
import java.io.IOException;

@TargetClass(className = "sun.nio.ch.UnixFileDispatcherImpl")
final class Target_sun_nio_ch_UnixFileDispatcherImpl {
    @Substitute
    static int read0(FileDescriptor fd, long address, int len) throws IOException {
        return DispatcherCalls.read(fd, address, len);
    }

    @Substitute
    static int pread0(FileDescriptor fd, long address, int len, long position) throws IOException {
        return DispatcherCalls.read(fd, address, len, position);
    }

    @Substitute
    static long readv0(FileDescriptor fd, long address, int len) throws IOException {
        return DispatcherCalls.readAll(fd, address, len);
    }

    @Substitute
    static int write0(FileDescriptor fd, long address, int len) throws IOException {
        return DispatcherCalls.write(fd, address, len);
    }

    @Substitute
    static int pwrite0(FileDescriptor fd, long address, int len, long position) throws IOException {
        return DispatcherCalls.write(fd, address, len, position);
    }

    @Substitute
    static long writev0(FileDescriptor fd, long address, int len) throws IOException {
        return DispatcherCalls.writeAll(fd, address, len);
    }

    @Substitute
    static int force0(FileDescriptor fd, boolean metaData) throws IOException {
        return DispatcherCalls.force(fd, metaData);
    }

    @Substitute
    static long seek0(FileDescriptor fd, long offset) throws IOException {
        return DispatcherCalls.seek(fd, offset);
    }

    @Substitute
    static int truncate0(FileDescriptor fd, long size) throws IOException {
        return DispatcherCalls.truncate(fd, size);
    }

    @Substitute
    static long size0(FileDescriptor fd) throws IOException {
        return DispatcherCalls.attributes(fd).size();
    }

    @Substitute
    static int available0(FileDescriptor fd) throws IOException {
        return DispatcherCalls.available(fd);
    }

    @Substitute
    static boolean isOther0(FileDescriptor fd) throws IOException {
        return DispatcherCalls.isDevice(fd);
    }

    @Substitute
    static int lock0(FileDescriptor fd, boolean blocking, long pos, long size, boolean shared) throws IOException {
        DispatcherCalls.check(fd);
        return 0;
    }

    @Substitute
    static void release0(FileDescriptor fd, long pos, long size) throws IOException {
        DispatcherCalls.check(fd);
    }

    @Substitute
    static void closeIntFD(int fd) throws IOException {
        DispatcherCalls.close(fd);
    }

    @Substitute
    static long allocationGranularity0() {
        return MapMemory.PAGE_SIZE;
    }

    @Substitute
    static long map0(FileDescriptor fd, int prot, long position, long length, boolean isSync) throws IOException {
        return DispatcherCalls.map(fd, prot, position, length, isSync);
    }

    @Substitute
    static int unmap0(long address, long length) {
        DispatcherCalls.unmap(address, length);
        return 0;
    }

    @Substitute
    static int setDirect0(FileDescriptor fd) throws IOException {
        throw new IOException("DirectIO setup failed: a file in memory has no cache to go round");
    }
}
