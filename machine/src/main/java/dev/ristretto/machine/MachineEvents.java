package dev.ristretto.machine;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;

/**
 * What the machine tells the layer above. Handlers run with interrupts disabled on a stack of their own, must be short, and must
 * not block.
 */
public interface MachineEvents {
    /** The receiver in this image. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static MachineEvents get() {
        return ImageSingletons.lookup(MachineEvents.class);
    }

    /** The machine is in 64-bit mode on its boot stack: the kernel's first line. Does not return. */
    void begin(Pointer startInfo);

    /** {@code bytes} of memory for the machine's own tables, for ever: a power of two, aligned to its size; zero if exhausted. */
    UnsignedWord allocateTables(int bytes);

    /** The deadline of {@link Machine#setTimer} has passed. */
    void timerExpired();

    /** The console line has input. */
    void consoleReadable();

    /** The console line takes output again. */
    void consoleWritable();

    /** Somebody pressed the power button; the program is to end with {@code code} if it ends in order. */
    void powerButton(int code);

    /** A device raised an interrupt that was claimed with {@link DeviceBus#claimInterrupt}. */
    void deviceInterrupt(int interrupt);

    /** What {@link NetworkStream#await} was called for has come. */
    void networkReady();

    /** All handlers of one interrupt have run: the place to choose another context. */
    void interruptEnds();

    /** A new thread's first act, on its own stack, interrupts disabled. */
    void threadBegins();

    /** A thread's function returned {@code result}. Does not return. */
    void threadEnds(long result);

    /** The page at {@code address} is not mapped or not accessible that way; true if it is now and the access may be repeated. */
    boolean pageFault(UnsignedWord address, long error);

    /** A fault that nothing can mend. Does not return. */
    void fault(FaultContext context);
}
