package dev.ristretto.machine.process;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import jdk.graal.compiler.word.Word;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * Descriptors 0, 1 and 2. They may be shared with other processes, so they stay blocking, and {@code ppoll} is asked before each read
 * and write. An end that is gone takes everything, as nobody is left to tell.
 */
final class StandardStreams {
    /** Bytes read at once. */
    static final int INPUT = 4096;
    /** What a pipe that is writable takes without blocking: {@code PIPE_BUF}. */
    private static final int CHUNK = 4096;
    private static final int POLL_SIZE = 8;

    private static final int NONE = -1;
    private static final int END = -2;

    private boolean neverWaits1;
    private boolean neverWaits2;
    private boolean gone1;
    private boolean gone2;
    /** Stream whose output waits, or 0. */
    private int blocked;
    private boolean inputHeld = true;
    private boolean inputEnded;
    private int inputTaken;
    private int inputRead;

    @Uninterruptible(reason = KERNEL_CODE)
    void start() {
        neverWaits1 = neverWaits(1);
        neverWaits2 = neverWaits(2);
    }

    /** Types of files whose writes never wait. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static boolean neverWaits(int descriptor) {
        Pointer stat = StackValue.get(Linux.STAT_SIZE);
        if (Linux.call(Linux.FSTAT, Word.signed(descriptor), stat) != 0) {
            return false;
        }
        int type = stat.readInt(Linux.STAT_MODE) & Linux.STAT_TYPE;
        return type == Linux.REGULAR || type == Linux.BLOCK_DEVICE;
    }

    /** True when the descriptor is ready for {@code events}, or in a state in which reading or writing tells what is wrong. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static boolean ready(int descriptor, short events, long waitNanos) {
        Pointer poll = StackValue.get(POLL_SIZE);
        poll.writeInt(0, descriptor);
        poll.writeShort(4, events);
        poll.writeShort(6, (short) 0);
        Pointer timespec = StackValue.get(16);
        timespec.writeLong(0, waitNanos / 1_000_000_000L);
        timespec.writeLong(8, waitNanos % 1_000_000_000L);
        return Linux.call(Linux.PPOLL, poll, Word.signed(1), timespec, Word.zero()) > 0;
    }

    /** Writes what the stream takes at once; fewer than {@code length} means that {@link #outputWaits} is true until it takes more. */
    @Uninterruptible(reason = KERNEL_CODE)
    int write(int stream, Pointer bytes, int length) {
        int done = 0;
        while (done < length) {
            if (stream == 1 ? gone1 : gone2) {
                return length;
            }
            if (!(stream == 1 ? neverWaits1 : neverWaits2) && !ready(stream, Linux.POLLOUT, 0)) {
                blocked = stream;
                Interrupts.addPending(Interrupts.ARM);
                return done;
            }
            int part = length - done < CHUNK ? length - done : CHUNK;
            long written = Linux.write(stream, bytes.add(done), part);
            if (written > 0) {
                done += (int) written;
                blocked = blocked == stream ? 0 : blocked;
            } else if (written == -Linux.EAGAIN) {
                blocked = stream; // somebody made it non-blocking, and it takes less than a chunk
                Interrupts.addPending(Interrupts.ARM);
                return done;
            } else if (written != -Linux.EINTR) {
                gone1 |= stream == 1;
                gone2 |= stream == 2;
            }
        }
        return done;
    }

    /** Writes one byte, waiting up to ten seconds for a stream that takes nothing. Works in a panic. */
    @Uninterruptible(reason = KERNEL_CODE)
    void put(int stream, int value) {
        Pointer out = StackValue.get(8);
        out.writeByte(0, (byte) value);
        long deadline = Timer.now() + 10_000_000_000L;
        while (write(stream, out, 1) == 0 && Timer.now() < deadline) {
            ready(stream, Linux.POLLOUT, 100_000_000L);
        }
    }

    /** Waits a while for the stream that takes nothing. */
    @Uninterruptible(reason = KERNEL_CODE)
    void awaitWritable() {
        if (blocked != 0) {
            ready(blocked, Linux.POLLOUT, 100_000_000L);
        }
    }

    /** A byte of input, {@link #NONE}, or {@link #END}. */
    @Uninterruptible(reason = KERNEL_CODE)
    int get() {
        if (inputTaken == inputRead && !inputEnded && ready(0, Linux.POLLIN, 0)) {
            long count = Linux.call(Linux.READ, Word.zero(), Linked.INPUT.get(), Word.signed(INPUT));
            inputTaken = 0;
            inputRead = count > 0 ? (int) count : 0;
            inputEnded = count == 0 || count < 0 && count != -Linux.EINTR && count != -Linux.EAGAIN;
        }
        if (inputTaken < inputRead) {
            return Linked.INPUT.get().readByte(inputTaken++) & 0xFF;
        }
        return inputEnded ? END : NONE;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    void holdInput(boolean hold) {
        inputHeld = hold;
    }

    /** True while somebody wants input. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    boolean inputWaits() {
        return !inputHeld;
    }

    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    boolean outputWaits() {
        return blocked != 0;
    }

    /** Fills in what {@code ppoll} shall wait for; returns the number of descriptors, 2 at most. */
    @Uninterruptible(reason = KERNEL_CODE)
    int wanted(Pointer poll) {
        int count = 0;
        if (inputWaits()) {
            poll.writeInt(0, 0);
            poll.writeInt(4, Linux.POLLIN);
            count++;
        }
        if (outputWaits()) {
            poll.writeInt(POLL_SIZE * count, blocked);
            poll.writeInt(POLL_SIZE * count + 4, Linux.POLLOUT);
            count++;
        }
        return count;
    }

    /** True if {@code ppoll} found input, or its end. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static boolean foundInput(Pointer poll, int count) {
        return count > 0 && poll.readInt(0) == 0 && poll.readShort(6) != 0;
    }

    /** True if {@code ppoll} found that output goes on; it does not wait then any more. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean foundOutput(Pointer poll, int count) {
        int last = POLL_SIZE * (count - 1);
        boolean found = count > 0 && poll.readInt(last) != 0 && poll.readShort(last + 6) != 0;
        if (found) {
            blocked = 0;
        }
        return found;
    }
}
