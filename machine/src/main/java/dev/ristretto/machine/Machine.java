package dev.ristretto.machine;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordBase;

/**
 * What an image runs on. One implementation is chosen when the image is built.
 *
 * <p>Thread rules: unless a method says otherwise, the caller has interrupts disabled, or knows that no other thread can be inside
 * the same method. No method allocates on the Java heap, none throws; errors are return values.
 */
public interface Machine {
    /** Memory may be read. Combined by OR in {@link #map} and {@link #protect}. */
    int READ = 1;
    /** Memory may be written. */
    int WRITE = 2;
    /** Instructions may be fetched from memory; never together with {@link #WRITE}. */
    int EXECUTE = 4;

    /** The machine of this image. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static Machine get() {
        return ImageSingletons.lookup(Machine.class);
    }

    /**
     * Takes over from the boot code, once, before any other method: tables, memory map, command line. Interrupts stay disabled.
     *
     * @param startInfo what the boot code was handed, machine-specific
     */
    void start(Pointer startInfo);

    /**
     * Switches on devices that interrupt: timer, console line, power button. Once, after {@link #start}, when memory can be
     * allocated and mapped; {@link MachineEvents} may be called from then on whenever interrupts are enabled.
     */
    void startDevices();

    /** Words that were given to the image when it was started, zero-terminated ASCII or UTF-8; never null, lives forever. */
    CCharPointer commandLine();

    /** Number of ranges of free memory, at least 1. */
    int memoryRanges();

    /** First byte of free range {@code index}, page-aligned. Free memory is readable and writable at this address at once. */
    UnsignedWord memoryRangeBegin(int index);

    /** First byte behind free range {@code index}, page-aligned. */
    UnsignedWord memoryRangeEnd(int index);

    /** True if range {@code index} can be used already; all can after {@link #startDevices}. */
    boolean memoryRangeReady(int index);

    /** All memory of the machine in bytes, that of the image included. */
    UnsignedWord memorySize();

    /** Smallest unit of {@link #map}, {@link #unmap} and {@link #protect} in bytes: a power of two. */
    int pageSize();

    /** Lowest address that {@link #map} may be given; free memory lies below. */
    UnsignedWord mappingBegin();

    /** First address too high for {@link #map}. */
    UnsignedWord mappingEnd();

    /**
     * Makes memory appear at another address, with large pages where address, frame and size allow.
     *
     * @param address page-aligned, within the mapping range, not mapped yet
     * @param frame   page-aligned address of free memory that the caller owns
     * @param bytes   positive multiple of the page size
     * @param access  {@link #READ}, {@link #WRITE}
     * @return true, or false when there was no memory for the tables (nothing is mapped then)
     */
    boolean map(UnsignedWord address, UnsignedWord frame, UnsignedWord bytes, int access);

    /** Removes what {@link #map} made for one page, and returns the frame that was there, or zero if none was. */
    UnsignedWord unmap(UnsignedWord address);

    /**
     * Removes a whole large page that {@link #map} made; returns its frame, or zero if none begins at {@code address}.
     *
     * @param address multiple of {@link #largePageSize}
     */
    UnsignedWord unmapLarge(UnsignedWord address);

    /** Bytes in a large page. */
    int largePageSize();

    /** The frame that is mapped at {@code address} (rounded down to a page), or zero. */
    UnsignedWord frameAt(UnsignedWord address);

    /**
     * Changes what may be done with mapped pages; pages that are not mapped are passed over. An access of 0 makes every touch
     * fault. Also for the pages of the image itself.
     */
    void protect(UnsignedWord address, UnsignedWord bytes, int access);

    /** Makes everything read-only that is not needed writable any more. Once, when the kernel is up. */
    void seal();

    /** Nanoseconds since a fixed moment at or before {@link #start}; never goes back. Callable from anywhere. */
    long nanoTime();

    /** Nanoseconds since 1970-01-01T00:00:00Z as this machine's clock has it. Callable from anywhere. */
    long wallClockNanos();

    /** Nanoseconds on the scale of {@link #nanoTime} when the image was entered: the first moment that it knows of. */
    long entryNanos();

    /**
     * Sets the wall clock, once, after {@link #startDevices}, for the case that the machine has no good clock of its own.
     *
     * @param epochNanos nanoseconds since the epoch when the image was entered, as the launcher has it, or 0 if it said nothing
     */
    void hintWallClock(long epochNanos);

    /** Calls {@link MachineEvents#timerExpired()} at {@code deadline} (on the scale of {@link #nanoTime}), replacing any earlier one. */
    void setTimer(long deadline);

    /** Takes back {@link #setTimer}. */
    void cancelTimer();

    /** Holds off interrupts on this core; returns what {@link #restoreInterrupts} wants. Nests. */
    long disableInterrupts();

    /** Puts back what {@link #disableInterrupts} found. */
    void restoreInterrupts(long before);

    /** What {@link #disableInterrupts} returns when interrupts were enabled: for a thread that has not run yet. */
    long interruptsEnabled();

    /** Waits for an interrupt with the CPU halted: enables interrupts and disables them again, so that no wake-up is lost. */
    void waitForInterrupt();

    /** Bytes that a thread's saved state takes up. */
    int contextSize();

    /**
     * Prepares the saved state of a thread that has not run yet.
     *
     * @param context  {@link #contextSize} bytes, 64-byte aligned
     * @param stackTop first byte behind the stack, 16-byte aligned, mapped
     * @param function {@code long function(long argument)}, C calling convention; runs with interrupts enabled after
     *                 {@link MachineEvents#threadBegins()}, and its result goes to {@link MachineEvents#threadEnds}
     */
    void prepareContext(Pointer context, UnsignedWord stackTop, WordBase function, WordBase argument);

    /** The state that the boot code runs in: what {@link #currentContext} is until the first switch. */
    Pointer bootContext();

    /** The context that runs. */
    Pointer currentContext();

    /**
     * Leaves the current context and continues another; returns when somebody switches back. Interrupts are disabled. Inside
     * {@link MachineEvents} handlers use {@link #setCurrentContext}.
     */
    void switchTo(Pointer context);

    /** In an interrupt handler: the context to continue when the handler returns. */
    void setCurrentContext(Pointer context);

    /** Writes one byte to the console line, waiting if the device is busy. Works in a panic. */
    void consolePut(int value);

    /** True when the line takes a byte at once; else {@link MachineEvents#consoleWritable()} is called once it does. */
    boolean consoleTryPut(int value);

    /** A byte from the console line, or -1 if there is none. */
    int consoleGet();

    /** Leaves further input in the device, so that the sender waits, or takes it again. */
    void consoleHoldInput(boolean hold);

    /** Writes a byte to the launcher's own line, which users do not see; goes nowhere without a launcher. */
    void debugPut(int value);

    /** Writes eight unpredictable bytes to {@code out}; false if the machine has no source of randomness. */
    boolean randomWord(Pointer out);

    /** Ends everything and tells the launcher {@code code}, 0 to 255. Does not return. */
    void exit(int code);
}
