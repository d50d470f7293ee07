package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.NetworkStream;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * The cable: a Unix stream socket at which the launcher's gateway listens. It is connected before the sandbox closes; from then on it is
 * read, written and waited for alone. It is this process's own, so it does not block.
 */
final class NetworkSocket implements NetworkStream {
    /** {@code struct sockaddr_un}: the family, and a path of up to 107 bytes and a zero (unix(7)). */
    private static final int ADDRESS_SIZE = 110;
    private static final int PATH_AT = 2;
    private static final int LONGEST_PATH = 107;
    private static final int ECONNREFUSED = 111;

    private int descriptor = -1;
    private boolean wantsInput;
    private boolean wantsOutput;

    /**
     * Connects, or ends the process with a sentence if that fails.
     *
     * @param name the path of a socket, or the number above 2 of a descriptor that is connected already, ended by a blank or a zero; or null
     * @param line the launcher's line, which is another one, or -1
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void start(Pointer name, int line) {
        if (name.isNull()) {
            return;
        }
        int made = name.readByte(0) == '/' ? connect(name) : (int) Text.number(name);
        if (made <= 2 || made == line || Linux.call(Linux.FCNTL, Word.signed(made), Word.signed(Linux.F_SETFL), Word.signed(Linux.O_NONBLOCK)) != 0) {
            Text.cannotStart("ristretto.net= names no network: the path of a Unix socket, or the number of a descriptor above 2.");
        }
        descriptor = made;
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static int connect(Pointer name) {
        Pointer address = StackValue.get(ADDRESS_SIZE);
        address.writeShort(0, (short) Linux.AF_UNIX);
        int length = 0;
        while (name.readByte(length) > ' ' || name.readByte(length) < 0) {
            if (length == LONGEST_PATH) {
                Text.cannotStart("the path in ristretto.net= is longer than the 107 bytes that Linux takes for a socket.");
            }
            address.writeByte(PATH_AT + length, name.readByte(length));
            length++;
        }
        address.writeByte(PATH_AT + length, (byte) 0);
        long made = Linux.call(Linux.SOCKET, Word.signed(Linux.AF_UNIX), Word.signed(Linux.SOCK_STREAM), Word.zero());
        if (made < 0) {
            return -1;
        }
        long result = Linux.call(Linux.CONNECT, Word.signed(made), address, Word.signed(PATH_AT + length + 1));
        if (result == -Linux.ENOENT || result == -ECONNREFUSED) {
            Text.cannotStart("nobody listens at the socket that ristretto.net= names; start its gateway first.");
        }
        return result < 0 ? -1 : (int) made;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    int descriptor() {
        return descriptor;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int read(Pointer to, int length) {
        long count = Linux.call(Linux.READ, Word.signed(descriptor), to, Word.signed(length));
        return count == 0 ? GONE : result(count);
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int write(Pointer from, int length) {
        return result(Linux.write(descriptor, from, length));
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    private static int result(long count) {
        if (count >= 0) {
            return (int) count;
        }
        return count == -Linux.EAGAIN || count == -Linux.EINTR ? 0 : GONE;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public void await(boolean output) {
        long before = Interrupts.disable();
        wantsInput = true;
        wantsOutput = output;
        Interrupts.addPending(Interrupts.ARM); // should others compute meanwhile
        Interrupts.restore(before);
    }

    /** True while somebody waits. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    boolean waits() {
        return wantsInput;
    }

    /** Fills in what {@code ppoll} shall wait for; returns the number of descriptors, 0 or 1. */
    @Uninterruptible(reason = KERNEL_CODE)
    int wanted(Pointer poll) {
        if (!wantsInput) {
            return 0;
        }
        poll.writeInt(0, descriptor);
        poll.writeInt(4, wantsOutput ? Linux.POLLIN | Linux.POLLOUT : Linux.POLLIN);
        return 1;
    }

    /** True if {@code ppoll} found something; nobody waits then any more. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean found(Pointer poll, int count) {
        boolean found = count > 0 && poll.readShort(6) != 0;
        if (found) {
            wantsInput = false;
            wantsOutput = false;
        }
        return found;
    }
}
