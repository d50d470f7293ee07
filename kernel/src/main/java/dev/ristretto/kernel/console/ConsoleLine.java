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
 * The console line with a ring of bytes in each direction, driven by interrupts.
 *
 * <p>Input that arrives while the ring is full is lost, as on any serial line. The launcher ends input with EOT (4) and marks a
 * literal EOT or DLE (16) by a DLE before it. Methods without "InHandler" are for threads.
 */
public final class ConsoleLine {
    private static final int OUTPUT = 16 * 1024;
    private static final int INPUT = 4 * 1024;
    private static final int EOT = 4;
    private static final int DLE = 16;

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
    private static boolean literal;
    private static int writersWaiting;
    private static int readersWaiting;

    private ConsoleLine() {
    }

    /** Writes all bytes, waiting for the line where it is slower. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void write(Pointer bytes, int length) {
        int done = 0;
        while (done < length) {
            long held = LOCK.acquire();
            while (done < length && outPut - outTaken < OUTPUT) {
                OUT.get().writeByte((int) (outPut % OUTPUT), bytes.readByte(done));
                outPut++;
                done++;
            }
            drain();
            boolean wait = done < length && outPut - outTaken == OUTPUT;
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
        while (outTaken < outPut && machine.consoleTryPut(OUT.get().readByte((int) (outTaken % OUTPUT)))) {
            outTaken++;
        }
    }

    /** From the machine: the line takes output. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void writableInHandler() {
        long held = LOCK.acquireInHandler();
        drain();
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
        Machine machine = Machine.get();
        while (inPut - inTaken < INPUT) {
            int value = machine.consoleGet();
            if (value < 0) {
                break;
            }
            receive(value);
        }
        if (inPut - inTaken == INPUT) {
            inputHeld = true;
            machine.consoleHoldInput(true);
        }
        int wake = readersWaiting;
        readersWaiting = 0;
        LOCK.release(held);
        while (wake-- > 0) {
            Semaphore.signalInHandler(READABLE.get());
        }
    }

    @Uninterruptible(reason = KERNEL_CODE)
    private static void receive(int value) {
        if (!literal && value == DLE) {
            literal = true;
        } else if (!literal && value == EOT) {
            inputEnded = true;
        } else {
            literal = false;
            IN.get().writeByte((int) (inPut % INPUT), (byte) value);
            inPut++;
        }
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
            if (inputHeld && inPut - inTaken <= INPUT / 2) {
                inputHeld = false;
                Machine.get().consoleHoldInput(false);
            }
            boolean wait = done == 0 && !inputEnded && length > 0;
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
        return (int) (inPut - inTaken);
    }

    /** Writes out what is in the ring, waiting as long as the line does: at the end of the image. Interrupts are disabled. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void finish() {
        while (outTaken < outPut) {
            drain();
        }
    }

    /** Writes out what is in the ring, but for ever to nobody: in a panic, and before text that passes the ring by. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void flush() {
        Machine machine = Machine.get();
        while (outTaken < outPut) {
            machine.consolePut(OUT.get().readByte((int) (outTaken++ % OUTPUT)));
        }
    }
}
