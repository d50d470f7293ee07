package dev.ristretto.storage.vfs;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;

/** System calls of Linux on x86-64, by way of the C library: the oracle that Linux itself is. Not thread-safe. */
final class LinuxCalls implements AutoCloseable {
    /** The call failed, for the reason of that number. */
    static final class Failure extends Exception {
        private static final long serialVersionUID = 1;
        final int errno;

        Failure(int errno) {
            this.errno = errno;
        }
    }

    /** Layout of {@code struct stat}, x86-64 ABI. */
    private static final long STAT_SIZE = 144;
    private static final long STAT_LINKS = 16;
    private static final long STAT_MODE = 24;
    private static final long STAT_LENGTH = 48;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final AddressLayout POINTER = ValueLayout.ADDRESS;

    private final Arena arena = Arena.ofConfined();
    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup library = linker.defaultLookup();
    private final MemoryLayout stateLayout = Linker.Option.captureStateLayout();
    private final MemorySegment state = arena.allocate(stateLayout);
    private final VarHandle errno = stateLayout.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private final Map<String, MethodHandle> handles = new HashMap<>();

    @Override
    public void close() {
        arena.close();
    }

    private MethodHandle handle(String name, MemoryLayout result, MemoryLayout... parameters) {
        return handles.computeIfAbsent(name, n -> {
            Linker.Option capture = Linker.Option.captureCallState("errno");
            FunctionDescriptor type = FunctionDescriptor.of(result, parameters);
            // Only open takes a variable number of arguments, from the fourth on.
            return n.equals("openat") ? linker.downcallHandle(library.findOrThrow(n), type, capture, Linker.Option.firstVariadicArg(3))
                    : linker.downcallHandle(library.findOrThrow(n), type, capture);
        });
    }

    private long checked(long result) throws Failure {
        if (result < 0) {
            throw new Failure((int) errno.get(state, 0L));
        }
        return result;
    }

    private MemorySegment text(Arena call, String text) {
        return call.allocateFrom(text);
    }

    int umask(int mask) throws Throwable {
        return (int) handle("umask", INT, INT).invokeExact(state, mask);
    }

    int open(int directory, String path, int flags, int mode) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            return (int) checked((int) handle("openat", INT, INT, POINTER, INT, INT)
                    .invokeExact(state, directory, text(call, path), flags, mode));
        }
    }

    void closeDescriptor(int descriptor) throws Throwable {
        checked((int) handle("close", INT, INT).invokeExact(state, descriptor));
    }

    byte[] read(int descriptor, int length, long place) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment buffer = call.allocate(Math.max(1, length));
            long count = place < 0
                    ? checked((long) handle("read", LONG, INT, POINTER, LONG)
                            .invokeExact(state, descriptor, buffer, (long) length))
                    : checked((long) handle("pread", LONG, INT, POINTER, LONG, LONG)
                            .invokeExact(state, descriptor, buffer, (long) length, place));
            return buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    long write(int descriptor, byte[] bytes, long place) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment buffer = call.allocate(Math.max(1, bytes.length));
            MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, 0, bytes.length);
            long length = bytes.length;
            return place < 0 ? checked((long) handle("write", LONG, INT, POINTER, LONG)
                    .invokeExact(state, descriptor, buffer, length))
                    : checked((long) handle("pwrite", LONG, INT, POINTER, LONG, LONG)
                            .invokeExact(state, descriptor, buffer, length, place));
        }
    }

    long position(int descriptor) throws Throwable {
        return checked((long) handle("lseek", LONG, INT, LONG, INT).invokeExact(state, descriptor, 0L, 1));
    }

    void truncate(int descriptor, long length) throws Throwable {
        checked((int) handle("ftruncate", INT, INT, LONG).invokeExact(state, descriptor, length));
    }

    void makeDirectory(int directory, String path, int mode) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            checked((int) handle("mkdirat", INT, INT, POINTER, INT).invokeExact(state, directory, text(call, path), mode));
        }
    }

    void remove(int directory, String path, int flags) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            checked((int) handle("unlinkat", INT, INT, POINTER, INT).invokeExact(state, directory, text(call, path), flags));
        }
    }

    void rename(int directory, String from, String to) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            checked((int) handle("renameat", INT, INT, POINTER, INT, POINTER)
                    .invokeExact(state, directory, text(call, from), directory, text(call, to)));
        }
    }

    void link(int directory, String existing, String path) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            checked((int) handle("linkat", INT, INT, POINTER, INT, POINTER, INT)
                    .invokeExact(state, directory, text(call, existing), directory, text(call, path), 0));
        }
    }

    void symbolicLink(String target, int directory, String path) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            checked((int) handle("symlinkat", INT, POINTER, INT, POINTER)
                    .invokeExact(state, text(call, target), directory, text(call, path)));
        }
    }

    String readLink(int directory, String path) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment buffer = call.allocate(4096);
            long length = checked((long) handle("readlinkat", LONG, INT, POINTER, POINTER, LONG)
                    .invokeExact(state, directory, text(call, path), buffer, 4096L));
            return new String(buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** Returns mode, links and length. */
    long[] status(int directory, String path, int flags) throws Throwable {
        try (Arena call = Arena.ofConfined()) {
            MemorySegment buffer = call.allocate(STAT_SIZE, 8);
            checked((int) handle("fstatat", INT, INT, POINTER, POINTER, INT)
                    .invokeExact(state, directory, text(call, path), buffer, flags));
            return new long[] {buffer.get(INT, STAT_MODE), buffer.get(LONG, STAT_LINKS), buffer.get(LONG, STAT_LENGTH)};
        }
    }
}
