package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/**
 * What {@code execve} left on the stack (System V ABI, AMD64 supplement §3.4.1): arguments, environment, auxiliary vector. The system's
 * words come in the variable {@value #OPTIONS}; arguments are the program's, and the other variables its environment.
 *
 * <p>All of it is put together as the one command line that images know: {@code env.NAME=VALUE ... OPTIONS -- ARGUMENTS}.
 */
final class Invocation {
    static final String OPTIONS = "RISTRETTO_OPTIONS=";
    private static final String ENVIRONMENT = "env.";
    private static final String ARGUMENTS = " -- ";

    /** Types of the auxiliary vector's entries (Linux, {@code include/uapi/linux/auxvec.h}). */
    static final int AT_RANDOM = 25;
    static final int AT_SYSINFO_EHDR = 33;
    static final int AT_MINSIGSTKSZ = 51;

    private Pointer arguments = Word.nullPointer();
    private int argumentCount;
    private Pointer environment = Word.nullPointer();
    private Pointer auxiliary = Word.nullPointer();
    private Pointer commandLine = Word.nullPointer();
    private Pointer options = Word.nullPointer();

    /** Reads the stack as it was at the entry. */
    @Uninterruptible(reason = KERNEL_CODE)
    void read(Pointer stack) {
        argumentCount = (int) stack.readLong(0);
        arguments = stack.add(8);
        environment = arguments.add(8 * (argumentCount + 1));
        int variables = 0;
        for (Pointer variable = environment.readWord(0); variable.isNonNull(); variable = environment.readWord(8 * ++variables)) {
            if (Text.startsWith(variable, OPTIONS)) {
                options = variable.add(OPTIONS.length());
            }
        }
        auxiliary = environment.add(8 * (variables + 1));
    }

    /** Value of an entry of the auxiliary vector, 0 if there is none. */
    @Uninterruptible(reason = KERNEL_CODE)
    long auxiliary(int type) {
        for (int i = 0; auxiliary.readLong(i) != 0; i += 16) {
            if (auxiliary.readLong(i) == type) {
                return auxiliary.readLong(i + 8);
            }
        }
        return 0;
    }

    /** What stands behind {@code prefix} at the begin of one of the system's words, or null; it ends with a blank or a zero. */
    @Uninterruptible(reason = KERNEL_CODE)
    Pointer option(String prefix) {
        return option(prefix, 0);
    }

    /** As {@link #option(String)}, of the word that comes after {@code skipped} others with this prefix. */
    @Uninterruptible(reason = KERNEL_CODE)
    Pointer option(String prefix, int skipped) {
        int left = skipped;
        boolean quoted = false;
        for (int i = 0; options.isNonNull() && options.readByte(i) != 0; i++) {
            boolean begins = !quoted && (i == 0 || options.readByte(i - 1) == ' ');
            if (begins && Text.startsWith(options.add(i), prefix) && left-- == 0) {
                return options.add(i + prefix.length());
            }
            if (options.readByte(i) == '\\' && options.readByte(i + 1) != 0) {
                i++;
            } else if (options.readByte(i) == '"') {
                quoted = !quoted;
            }
        }
        return Word.nullPointer();
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    Pointer commandLine() {
        return commandLine;
    }

    /** Composes the command line; false if there is no memory for it. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean compose() {
        long size = ARGUMENTS.length() + 1L + (options.isNull() ? 0 : Text.length(options));
        for (int i = 1; i < argumentCount; i++) {
            size += quotedSize(arguments.readWord(8 * i));
        }
        for (int i = 0; environment.readLong(8 * i) != 0; i++) {
            size += quotedSize(environment.readWord(8 * i)) + ENVIRONMENT.length();
        }
        long memory = Linux.mapAnonymous(Word.zero(), Word.unsigned(size), Linux.PROT_READ | Linux.PROT_WRITE, 0);
        if (memory < 0) {
            return false;
        }
        commandLine = Word.pointer(memory);
        Pointer at = commandLine;
        for (int i = 0; environment.readLong(8 * i) != 0; i++) {
            Pointer variable = environment.readWord(8 * i);
            if (!Text.startsWith(variable, OPTIONS)) {
                at = at.add(Text.put(at, ENVIRONMENT));
                at = quote(at, variable);
            }
        }
        for (int i = 0; options.isNonNull() && options.readByte(i) != 0; i++) {
            at.writeByte(0, options.readByte(i));
            at = at.add(1);
        }
        if (argumentCount > 1) {
            at = at.add(Text.put(at, ARGUMENTS));
        }
        for (int i = 1; i < argumentCount; i++) {
            at = quote(at, arguments.readWord(8 * i));
        }
        at.writeByte(0, (byte) 0);
        return true;
    }

    /** Bytes that a word takes up at most: each character with a backslash, two quotes, a space. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static long quotedSize(Pointer word) {
        return 2L * Text.length(word) + 3;
    }

    /** Writes a word in double quotes and a space; returns where the next one goes. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static Pointer quote(Pointer to, Pointer word) {
        Pointer at = to;
        at.writeByte(0, (byte) '"');
        at = at.add(1);
        for (int i = 0; word.readByte(i) != 0; i++) {
            byte c = word.readByte(i);
            if (c == '"' || c == '\\') {
                at.writeByte(0, (byte) '\\');
                at = at.add(1);
            }
            at.writeByte(0, c);
            at = at.add(1);
        }
        at.writeByte(0, (byte) '"');
        at.writeByte(1, (byte) ' ');
        return at.add(2);
    }
}
