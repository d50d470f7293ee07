package dev.ristretto.machine.process;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.jdk.UninterruptibleUtils;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** Zero-terminated text in raw memory. */
final class Text {
    private static final int MESSAGE = 512;

    private Text() {
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static int length(Pointer text) {
        int length = 0;
        while (text.readByte(length) != 0) {
            length++;
        }
        return length;
    }

    /** Copies ASCII text to {@code to} without a zero; returns the number of bytes. */
    @Uninterruptible(reason = KERNEL_CODE)
    static int put(Pointer to, String text) {
        for (int i = 0; i < text.length(); i++) {
            to.writeByte(i, (byte) UninterruptibleUtils.String.charAt(text, i));
        }
        return text.length();
    }

    @Uninterruptible(reason = KERNEL_CODE)
    static boolean startsWith(Pointer text, String prefix) {
        for (int i = 0; i < prefix.length(); i++) {
            if (text.readByte(i) != (byte) UninterruptibleUtils.String.charAt(prefix, i)) {
                return false;
            }
        }
        return true;
    }

    /** True if the word at {@code text} ends at {@code index}: with a blank or a zero. */
    @Uninterruptible(reason = KERNEL_CODE)
    static boolean endsWordAt(Pointer text, int index) {
        return text.readByte(index) >= 0 && text.readByte(index) <= ' ';
    }

    /** The decimal number at {@code text}, or -1 if there is none. */
    @Uninterruptible(reason = KERNEL_CODE)
    static long number(Pointer text) {
        long number = -1;
        for (int i = 0; text.readByte(i) >= '0' && text.readByte(i) <= '9'; i++) {
            number = (number < 0 ? 0 : number) * 10 + text.readByte(i) - '0';
        }
        return number;
    }

    /** The process cannot start: says why on descriptor 2 and ends it. {@code why} is shorter than 500 characters. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void cannotStart(String why) {
        cannotStart(why, Word.nullPointer(), "");
    }

    /** As {@link #cannotStart(String)}, in three pieces. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void cannotStartFor(String before, String word, String after) {
        Pointer middle = StackValue.get(MESSAGE);
        middle.writeByte(put(middle, word), (byte) 0);
        cannotStart(before, middle, after);
    }

    /** As {@link #cannotStart(String)}, with a name in the midst of the sentence: zero-terminated and of any length, or null. */
    @Uninterruptible(reason = KERNEL_CODE)
    static void cannotStart(String before, Pointer name, String after) {
        Pointer message = StackValue.get(MESSAGE);
        int length = put(message, "ristretto: ");
        length += put(message.add(length), before);
        Linux.write(2, message, length);
        if (name.isNonNull()) {
            Linux.write(2, name, length(name));
        }
        length = put(message, after);
        length += put(message.add(length), "\n");
        Linux.write(2, message, length);
        Linux.call(Linux.EXIT_GROUP, ProcessMachine.CANNOT_START);
    }
}
