package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.jdk.UninterruptibleUtils;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * The launcher's own line: a descriptor that it handed in, or a file that it made, written a line at a time. Without one it goes
 * nowhere. The first line is {@code entered NANOS}, the moment of the entry on the monotonic clock that all processes share.
 */
final class LauncherPipe {
    private static final int LONGEST = 128;
    private static final int PATH = 1024;
    /** {@code O_WRONLY | O_APPEND | O_CLOEXEC}. */
    private static final int APPEND = 0x80401;
    private static final int STANDARD_STREAMS = 3;

    private final byte[] line = new byte[LONGEST];
    private int length;
    private int descriptor = -1;

    /**
     * Opens the line.
     *
     * @param name a number above 2, or a path that begins with a slash, ended by a blank or a zero; or null
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void start(Pointer name, long entryNanos) {
        if (name.isNull()) {
            return;
        }
        descriptor = name.readByte(0) == '/' ? open(name) : (int) Text.number(name);
        if (descriptor < STANDARD_STREAMS) {
            descriptor = -1;
            return;
        }
        length = 0;
        text("entered ");
        long unit = 1;
        while (entryNanos / unit >= 10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            put((int) ('0' + entryNanos / unit % 10));
        }
        put('\n');
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int open(Pointer name) {
        Pointer path = StackValue.get(PATH);
        int length = 0;
        while (name.readByte(length) > ' ' && length < PATH - 1) {
            path.writeByte(length, name.readByte(length));
            length++;
        }
        path.writeByte(length, (byte) 0);
        return (int) Linux.call(Linux.OPEN, path, Word.signed(APPEND));
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            put(UninterruptibleUtils.String.charAt(text, i));
        }
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    int descriptor() {
        return descriptor;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    void put(int value) {
        if (descriptor < 0) {
            return;
        }
        line[length++] = (byte) value;
        if (value == '\n' || length == LONGEST) {
            Pointer out = StackValue.get(LONGEST);
            for (int i = 0; i < length; i++) {
                out.writeByte(i, line[i]);
            }
            Linux.write(descriptor, out, length);
            length = 0;
        }
    }
}
