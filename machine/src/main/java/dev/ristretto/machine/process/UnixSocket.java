package dev.ristretto.machine.process;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** Connects to a Unix stream socket, while the sandbox is still open. */
final class UnixSocket {
    /** {@code struct sockaddr_un}: the family, and a path of up to 107 bytes and a zero (unix(7)). */
    private static final int ADDRESS_SIZE = 110;
    private static final int PATH_AT = 2;
    private static final int LONGEST_PATH = 107;

    private UnixSocket() {
    }

    /**
     * Connects; ends the process with a sentence where the reason for a failure is known.
     *
     * @param path   ended by a blank or a zero
     * @param word   what stands before it on the command line
     * @param remedy the end of the sentence that says that nobody listens
     * @return the descriptor, or -1
     */
    @Uninterruptible(reason = KERNEL_CODE)
    static int connect(Pointer path, String word, String remedy) {
        Pointer address = StackValue.get(ADDRESS_SIZE);
        address.writeShort(0, (short) Linux.AF_UNIX);
        int length = 0;
        while (!Text.endsWordAt(path, length)) {
            if (length == LONGEST_PATH) {
                Text.cannotStartFor("the path in ", word, " is longer than the 107 bytes that Linux takes for a socket.");
            }
            address.writeByte(PATH_AT + length, path.readByte(length));
            length++;
        }
        address.writeByte(PATH_AT + length, (byte) 0);
        long made = Linux.call(Linux.SOCKET, Word.signed(Linux.AF_UNIX), Word.signed(Linux.SOCK_STREAM), Word.zero());
        if (made < 0) {
            return -1;
        }
        long result = Linux.call(Linux.CONNECT, Word.signed(made), address, Word.signed(PATH_AT + length + 1));
        if (result == -Linux.ENOENT || result == -Linux.ECONNREFUSED) {
            Text.cannotStartFor("nobody listens at the socket that ", word, remedy);
        }
        return result < 0 ? -1 : (int) made;
    }
}
