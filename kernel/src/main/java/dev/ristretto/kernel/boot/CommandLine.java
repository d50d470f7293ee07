package dev.ristretto.kernel.boot;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import com.oracle.svm.core.jdk.UninterruptibleUtils;
import dev.ristretto.kernel.memory.NativeHeap;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.nativeimage.c.type.CCharPointerPointer;
import org.graalvm.word.Pointer;

/**
 * The machine's command line, cut into words before Java can run.
 *
 * <p>Words are separated by white space. {@code "..."} and {@code '...'} quote; a backslash makes the next character literal, but
 * not between single quotes. Words before {@code --} are for the system, those after it are the program's arguments. One kind of word is
 * the system's wherever it stands: {@code virtio_mmio.device=...}, which hypervisors append to whatever line they were given. As an
 * argument it must be quoted.
 */
public final class CommandLine {
    private static final CGlobalData<CCharPointer> NAME = CGlobalDataFactory.createCString("image");
    /** Begins the words with which hypervisors tell of virtio devices (Linux: {@code virtio_mmio.c}). */
    static final String DEVICE = "virtio_mmio.device=";

    /** Addresses of the words. */
    private static Pointer pointers = Word.nullPointer();
    /** What {@code main} gets: a name for the image, then the system words that begin with "-", then null. */
    private static Pointer optionPointers = Word.nullPointer();
    private static int words;
    private static int systemWords;
    /** First of the words of which each tells of a device, from the end of {@link #pointers} downwards. */
    private static int deviceWords;
    private static int limit;
    private static int options;

    private CommandLine() {
    }

    /** Cuts {@code line} (zero-terminated) into words. Once; false if there is no memory for them. */
    @Uninterruptible(reason = KERNEL_CODE)
    static boolean parse(Pointer line) {
        int length = 0;
        while (line.readByte(length) != 0) {
            length++;
        }
        // a word takes a character and a space, or is the last; the words are no longer than the line
        limit = length / 2 + 1;
        deviceWords = limit;
        Pointer text = NativeHeap.allocate(Word.unsigned(length + 1));
        pointers = NativeHeap.allocate(Word.unsigned(8L * limit));
        optionPointers = NativeHeap.allocateZeroed(Word.unsigned(8L * (limit + 2)));
        if (text.isNull() || pointers.isNull() || optionPointers.isNull()) {
            return false;
        }
        int out = 0;
        int in = 0;
        systemWords = -1;
        while (true) {
            while (isSpace(line.readByte(in))) {
                in++;
            }
            if (line.readByte(in) == 0) {
                break;
            }
            Pointer word = text.add(out);
            boolean quoted = false;
            byte quote = 0;
            for (byte c = line.readByte(in); c != 0 && (quote != 0 || !isSpace(c)); c = line.readByte(++in)) {
                if (c == '\\' && quote != '\'' && line.readByte(in + 1) != 0) {
                    text.writeByte(out++, line.readByte(++in));
                } else if (c == quote) {
                    quote = 0;
                } else if (quote == 0 && (c == '"' || c == '\'')) {
                    quote = c;
                    quoted = true;
                } else {
                    text.writeByte(out++, c);
                }
            }
            text.writeByte(out++, (byte) 0);
            if (systemWords < 0 && !quoted && equals(word, "--")) {
                systemWords = words;
            } else if (!quoted && startsWith(word, DEVICE)) {
                pointers.writeWord(8 * --deviceWords, word);
            } else {
                pointers.writeWord(8 * words++, word);
            }
        }
        if (systemWords < 0) {
            systemWords = words;
        }
        collectOptions();
        return true;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void collectOptions() {
        optionPointers.writeWord(0, NAME.get());
        options = 1;
        for (int i = 0; i < systemWords; i++) {
            if (word(i).readByte(0) == '-') {
                optionPointers.writeWord(8 * options++, word(i));
            }
        }
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static boolean isSpace(byte c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static boolean equals(Pointer word, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (word.readByte(i) != (byte) UninterruptibleUtils.String.charAt(text, i)) {
                return false;
            }
        }
        return word.readByte(text.length()) == 0;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static boolean startsWith(Pointer word, String prefix) {
        for (int i = 0; i < prefix.length(); i++) {
            if (word.readByte(i) != (byte) UninterruptibleUtils.String.charAt(prefix, i)) {
                return false;
            }
        }
        return true;
    }

    /** Number of words that tell of devices. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static int deviceWords() {
        return limit - deviceWords;
    }

    /** Word {@code index} of those that tell of devices, in the order of the line. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static Pointer deviceWord(int index) {
        return word(limit - 1 - index);
    }

    /** Word {@code index}, zero-terminated. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static Pointer word(int index) {
        return pointers.readWord(8 * index);
    }

    /** Number of words for the system. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static int systemWords() {
        return systemWords;
    }

    /** Number of all words. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static int words() {
        return words;
    }

    /** For C's {@code main}: number of strings in {@link #argv}. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static int argc() {
        return options;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static CCharPointerPointer argv() {
        return (CCharPointerPointer) optionPointers;
    }

    /** True if {@code text} is among the system words. */
    @Uninterruptible(reason = KERNEL_CODE)
    static boolean has(String text) {
        for (int i = 0; i < systemWords; i++) {
            if (equals(word(i), text)) {
                return true;
            }
        }
        return false;
    }

    /** What stands behind {@code prefix} in the first system word that begins with it, zero-terminated, or null. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static Pointer value(String prefix) {
        for (int i = 0; i < systemWords; i++) {
            if (startsWith(word(i), prefix)) {
                return word(i).add(prefix.length());
            }
        }
        return Word.nullPointer();
    }

    /** The decimal number behind {@code prefix} in the first system word that begins with it, or 0. */
    @Uninterruptible(reason = KERNEL_CODE)
    static long number(String prefix) {
        Pointer digits = value(prefix);
        long number = 0;
        for (int i = 0; digits.isNonNull() && digits.readByte(i) >= '0' && digits.readByte(i) <= '9'; i++) {
            number = number * 10 + digits.readByte(i) - '0';
        }
        return number;
    }
}
