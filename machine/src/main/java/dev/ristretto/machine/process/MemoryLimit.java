package dev.ristretto.machine.process;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.jdk.UninterruptibleUtils;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * How much memory the host allows: the least of what it has available and of the limits of the process's control groups, version 2
 * ({@code memory.max}) and 1 ({@code memory.limit_in_bytes}), up to the root (Linux, {@code Documentation/admin-guide/cgroup-v2.rst}).
 * What cannot be read limits nothing.
 */
final class MemoryLimit {
    static final long NONE = Long.MAX_VALUE;
    private static final int BUFFER = 4096;
    /** Longest path of a control group that is looked at. */
    private static final int PATH = 1024;

    private MemoryLimit() {
    }

    /** What the host has available, in bytes, or {@link #NONE}: {@code MemAvailable} of {@code /proc/meminfo}. */
    @Uninterruptible(reason = KERNEL_CODE)
    static long available() {
        Pointer text = StackValue.get(BUFFER);
        int length = read("/proc/meminfo", text);
        for (int i = 0; i < length; i++) {
            if (Text.startsWith(text.add(i), "MemAvailable:")) {
                int digits = i + 13;
                while (text.readByte(digits) == ' ') {
                    digits++;
                }
                long kib = Text.number(text.add(digits));
                return kib > 0 ? kib << 10 : NONE;
            }
        }
        return NONE;
    }

    /**
     * The least limit of the control groups, in bytes, or {@link #NONE}. Lines of {@code /proc/self/cgroup} are a hierarchy's number, its
     * controllers and the path, with colons between.
     */
    @Uninterruptible(reason = KERNEL_CODE)
    static long controlGroups() {
        Pointer text = StackValue.get(BUFFER);
        int length = read("/proc/self/cgroup", text);
        long limit = NONE;
        for (int line = 0; line < length;) {
            int end = line;
            while (end < length && text.readByte(end) != '\n') {
                end++;
            }
            text.writeByte(end, (byte) 0);
            int first = colon(text, line);
            int second = colon(text, first + 1);
            if (second < end) {
                Pointer path = text.add(second + 1);
                if (second == first + 1) {
                    limit = UninterruptibleUtils.Math.min(limit, upwards("/sys/fs/cgroup", path, "/memory.max"));
                } else if (second == first + 7 && Text.startsWith(text.add(first + 1), "memory")) {
                    limit = UninterruptibleUtils.Math.min(limit, upwards("/sys/fs/cgroup/memory", path, "/memory.limit_in_bytes"));
                }
            }
            line = end + 1;
        }
        return limit;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int colon(Pointer text, int from) {
        int at = from;
        while (text.readByte(at) != 0 && text.readByte(at) != ':') {
            at++;
        }
        return at;
    }

    /** The least limit of a group and of those that it is in. In a container the path may be one that is not seen from inside. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static long upwards(String mount, Pointer path, String file) {
        Pointer name = StackValue.get(PATH);
        Pointer value = StackValue.get(64);
        long limit = NONE;
        int length = Text.length(path);
        if (length + mount.length() + file.length() >= PATH) {
            return NONE;
        }
        while (true) {
            while (length > 0 && path.readByte(length - 1) == '/') {
                length--;
            }
            int at = Text.put(name, mount);
            for (int i = 0; i < length; i++) {
                name.writeByte(at++, path.readByte(i));
            }
            at += Text.put(name.add(at), file);
            name.writeByte(at, (byte) 0);
            if (read(name, value, 63) > 0) {
                long found = Text.number(value);
                limit = found > 0 ? UninterruptibleUtils.Math.min(limit, found) : limit;
            }
            if (length == 0) {
                return limit;
            }
            while (length > 0 && path.readByte(length - 1) != '/') {
                length--;
            }
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int read(String file, Pointer text) {
        Pointer name = StackValue.get(64);
        name.writeByte(Text.put(name, file), (byte) 0);
        return read(name, text, BUFFER - 1);
    }

    /** Reads a file's begin, ended by a zero; its length, or 0. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static int read(Pointer name, Pointer text, int room) {
        long descriptor = Linux.call(Linux.OPEN, name, Word.zero()); // O_RDONLY
        long length = 0;
        if (descriptor >= 0) {
            for (long part = 1; part > 0 && length < room; length += part > 0 ? part : 0) {
                part = Linux.call(Linux.READ, Word.signed(descriptor), text.add((int) length), Word.signed(room - length));
            }
            Linux.call(Linux.CLOSE, descriptor);
        }
        text.writeByte((int) length, (byte) 0);
        return (int) length;
    }
}
