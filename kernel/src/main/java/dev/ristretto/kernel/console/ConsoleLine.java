package dev.ristretto.kernel.console;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import dev.ristretto.kernel.lock.SpinLock;
import dev.ristretto.kernel.thread.Semaphore;
import dev.ristretto.machine.Machine;
import org.graalvm.word.Pointer;

/**
 * The console with a ring of bytes in each direction, driven by interrupts.
 *
 * <p>The ring of output holds bytes of one stream at a time, so that output and errors keep their order. Where input is shared with
 * others ({@link Machine#consoleInputOnDemand}), the ring of input is filled only while a thread wants some. Methods without "InHandler"
 * are for threads.
 */
public final class ConsoleLine {
    private static final int OUTPUT = 16 * 1024;
    private static final int INPUT = 4 * 1024;
    /** What {@link Machine#consoleGet} returns at the end of input. */
    private static final int END = -2;

    private static final SpinLock LOCK = new SpinLock();
    private static final CGlobalData<Pointer> OUT = CGlobalDataFactory.createBytes(() -> OUTPUT);
    private static final CGlobalData<Pointer> IN = CGlobalDataFactory.createBytes(() -> INPUT);
    private static final CGlobalData<Pointer> WRITABLE = CGlobalDataFactory.createBytes(() -> Semaphore.SIZE);
    private static final CGlobalData<Pointer> READABLE = CGlobalDataFactory.createBytes(() -> Semaphore.SIZE);

    /** Counts of all bytes ever put into and taken out of each ring. */
    private static long outPut;
    private static long outTaken;
    private static long inPut;
    private static long inTaken;
    private static boolean inputEnded;
    private static boolean inputHeld;
    /** Stream that the output ring's bytes belong to. */
    private static int outStream;
    private static int writersWaiting;
    private static int readersWaiting;

    private ConsoleLine() {
    }

    /** Gets ready; what is there already is taken unless it has to be asked for. When the machine's devices work. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void start() {
        inputHeld = Machine.get().consoleInputOnDemand();
        if (!inputHeld) {
            readableInHandler();
        }
    }

    /** Writes all bytes to a stream, waiting for the line where it is slower. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void write(int stream, Pointer bytes, int length) {
        int done = 0;
        while (done < length) {
            long held = LOCK.acquire();
            if (outPut == outTaken) {
                outStream = stream;
            }
            while (done < length && outStream == stream && outPut - outTaken < OUTPUT) {
                OUT.get().writeByte((int) (outPut % OUTPUT), bytes.readByte(done));
                outPut++;
                done++;
            }
            drain();
            boolean wait = done < length && outPut != outTaken && (outStream != stream || outPut - outTaken == OUTPUT);
            if (wait) {
                writersWaiting++;
            }
            LOCK.release(held);
            if (wait) {
                Semaphore.await(WRITABLE.get());
            }
        }
    }

    /** Moves what the line takes at once. The lock is held. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static void drain() {
        Machine machine = Machine.get();
        while (outTaken < outPut) {
            int at = (int) (outTaken % OUTPUT);
            int part = (int) (outPut - outTaken < OUTPUT - at ? outPut - outTaken : OUTPUT - at);
            int taken = machine.consoleWrite(outStream, OUT.get().add(at), part);
            outTaken += taken;
            if (taken < part) {
                return;
            }
        }
    }

    /** From the machine: the line takes output. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void writableInHandler() {
        long held = LOCK.acquireInHandler();
        drain();
        // those of the other stream wait until it is empty, and wait again if it is not
        int wake = outPut - outTaken < OUTPUT / 2 ? writersWaiting : 0;
        writersWaiting -= wake;
        LOCK.release(held);
        while (wake-- > 0) {
            Semaphore.signalInHandler(WRITABLE.get());
        }
    }

    /** From the machine: the line has input. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void readableInHandler() {
        long held = LOCK.acquireInHandler();
        fill();
        if (!inputHeld && (Machine.get().consoleInputOnDemand() || inPut - inTaken == INPUT)) {
            hold(true);
        }
        int wake = readersWaiting;
        readersWaiting = 0;
        LOCK.release(held);
        while (wake-- > 0) {
            Semaphore.signalInHandler(READABLE.get());
        }
    }

    /** Takes input that is there into the ring. The lock is held. */
    @Uninterruptible(reason = KERNEL_CODE)
    private static void fill() {
        Machine machine = Machine.get();
        while (inPut - inTaken < INPUT && !inputEnded) {
            int value = machine.consoleGet();
            if (value == END) {
                inputEnded = true;
            } else if (value < 0) {
                return;
            } else {
                IN.get().writeByte((int) (inPut % INPUT), (byte) value);
                inPut++;
            }
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void hold(boolean hold) {
        inputHeld = hold;
        Machine.get().consoleHoldInput(hold);
    }

    /** Reads up to {@code length} bytes, waiting for the first; 0 at the end of input. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static int read(Pointer bytes, int length) {
        while (true) {
            int done = 0;
            long held = LOCK.acquire();
            while (done < length && inTaken < inPut) {
                bytes.writeByte(done++, IN.get().readByte((int) (inTaken++ % INPUT)));
            }
            boolean wait = done == 0 && !inputEnded && length > 0;
            if (inputHeld && (wait || !Machine.get().consoleInputOnDemand() && inPut - inTaken <= INPUT / 2)) {
                hold(false);
            }
            if (wait) {
                readersWaiting++;
            }
            LOCK.release(held);
            if (!wait) {
                return done;
            }
            Semaphore.await(READABLE.get());
        }
    }

    /** Bytes that {@link #read} would return at once. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static int available() {
        long held = LOCK.acquire();
        if (inPut == inTaken && Machine.get().consoleInputOnDemand()) {
            fill();
        }
        int available = (int) (inPut - inTaken);
        LOCK.release(held);
        return available;
    }

    /** Writes out what is in the ring, waiting as long as the line does: at the end of the image. Interrupts are disabled. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void finish() {
        drain();
        while (outTaken < outPut) {
            Machine.get().consoleAwait();
            drain();
        }
    }

    /** Writes out what is in the ring, but for ever to nobody: in a panic, and before text that passes the ring by. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void flush() {
        Machine machine = Machine.get();
        while (outTaken < outPut) {
            machine.consolePut(outStream, OUT.get().readByte((int) (outTaken++ % OUTPUT)));
        }
    }
}
