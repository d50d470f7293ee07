package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.FolderStream;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/**
 * A Unix stream socket at which the launcher lends folders. It is connected before the sandbox closes; from then on it is read and written
 * alone. It blocks, which signals interrupt: so others get their turn while an answer is awaited.
 */
final class FolderSocket implements FolderStream {
    /** The system's word with the path of the socket. */
    static final String SHARE = "ristretto.share=";

    private int descriptor = -1;

    /**
     * Connects, or ends the process with a sentence if that fails.
     *
     * @param path  ended by a blank or a zero; or null
     * @param above the descriptor comes to lie right above this one, or above 2; any other that is open there is closed
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void start(Pointer path, int above) {
        if (path.isNull()) {
            return;
        }
        int wanted = above > 2 ? above + 1 : 3;
        int made = path.readByte(0) == '/' ? UnixSocket.connect(path, SHARE, " names; 'ristretto run --share' serves one.") : -1;
        if (made != wanted && made > 0) {
            long moved = Linux.call(Linux.DUP2, Word.signed(made), Word.signed(wanted));
            Linux.call(Linux.CLOSE, made);
            made = (int) moved;
        }
        if (made < 0) {
            Text.cannotStart("ristretto.share= names no Unix socket that can be connected to; give its path, which begins with a slash.");
        }
        descriptor = made;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    int descriptor() {
        return descriptor;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int read(Pointer to, int length) {
        long count;
        do {
            count = Linux.call(Linux.READ, Word.signed(descriptor), to, Word.signed(length));
        } while (count == -Linux.EINTR);
        return count > 0 ? (int) count : GONE;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int write(Pointer from, int length) {
        long count;
        do {
            count = Linux.write(descriptor, from, length);
        } while (count == -Linux.EINTR);
        return count > 0 ? (int) count : GONE;
    }
}
