package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import dev.ristretto.machine.NetworkStream;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/**
 * The cable: a Unix stream socket at which the launcher's gateway listens, or a TAP device. It is connected before the sandbox closes; from
 * then on it is read, written and waited for alone. It is this process's own, so it does not block.
 */
final class NetworkCable implements NetworkStream {
    private static final String TAP = "tap:";

    private final TapDevice tap = new TapDevice();
    private int descriptor = -1;
    private boolean wantsInput;
    private boolean wantsOutput;

    /**
     * Connects, or ends the process with a sentence if that fails.
     *
     * @param name the path of a socket, {@value #TAP} and the name of a TAP device, or the number above 2 of a descriptor of a socket that is
     *             connected already, ended by a blank or a zero; or null
     * @param line the launcher's line, which is another one, or -1
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void start(Pointer name, int line) {
        if (name.isNull()) {
            return;
        }
        int made;
        if (Text.startsWith(name, TAP)) {
            made = tap.open(name.add(TAP.length()));
        } else {
            made = name.readByte(0) == '/' ? UnixSocket.connect(name, ProcessMachine.NETWORK, " names; start its gateway first.") : (int) Text.number(name);
        }
        if (made <= 2 || made == line || Linux.call(Linux.FCNTL, Word.signed(made), Word.signed(Linux.F_SETFL), Word.signed(Linux.O_NONBLOCK)) != 0) {
            Text.cannotStart("ristretto.net= names no network: the path of a Unix socket, tap: and the name of a TAP device, or the number of "
                + "a descriptor above 2.");
        }
        descriptor = made;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    int descriptor() {
        return descriptor;
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    public int mtu() {
        return tap.mtu();
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int read(Pointer to, int length) {
        long count = Linux.call(Linux.READ, Word.signed(descriptor), to, Word.signed(length));
        if (count > 0) {
            return (int) count;
        }
        return count == -Linux.EAGAIN || count == -Linux.EINTR ? 0 : GONE;
    }

    @Override
    @Uninterruptible(reason = KERNEL_CODE)
    public int write(Pointer from, int length) {
        long count = Linux.write(descriptor, from, length);
        if (count >= 0) {
            return (int) count;
        }
        if (count == -Linux.EAGAIN || count == -Linux.EINTR) {
            return 0;
        }
        // EBADFD: somebody deleted the TAP device. Anything else, EIO of one that is down above all, concerns this frame alone.
        return mtu() == 0 || count == -Linux.EBADFD ? GONE : REFUSED;
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
