package dev.ristretto.machine;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;
import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import org.graalvm.nativeimage.c.type.CCharPointer;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordBase;

/**
 * What an image runs on. An image holds all implementations; which one it is shows by the entry that is used.
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

    /** Streams of the console, numbered as descriptors are. */
    int OUTPUT = 1;
    /** Where errors go. */
    int ERRORS = 2;

    /** The machine of this image. */
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    static Machine get() {
        return ChosenMachine.get();
    }

    /**
     * Takes over from the boot code, once, before any other method: tables, memory map, command line. Interrupts stay disabled.
     *
     * @param startInfo what the boot code was handed, machine-specific
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void start(Pointer startInfo);

    /**
     * Switches on devices that interrupt: timer, console line, power button. Once, after {@link #start}, when memory can be
     * allocated and mapped; {@link MachineEvents} may be called from then on whenever interrupts are enabled.
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void startDevices();

    /** Words that were given to the image when it was started, zero-terminated ASCII or UTF-8; never null, lives forever. */
    @Uninterruptible(reason = KERNEL_CODE)
    CCharPointer commandLine();

    /** Number of ranges of free memory, at least 1. */
    @Uninterruptible(reason = KERNEL_CODE)
    int memoryRanges();

    /** First byte of free range {@code index}, page-aligned. Free memory is readable and writable at this address at once. */
    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord memoryRangeBegin(int index);

    /** First byte behind free range {@code index}, page-aligned. */
    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord memoryRangeEnd(int index);

    /** True if range {@code index} can be used already; all can after {@link #startDevices}. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean memoryRangeReady(int index);

    /** True if free memory is all zeroes when the machine starts: then nobody needs to touch it to make it so. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean memoryIsZeroed();

    /**
     * Memory that is free for a while: the machine may use it otherwise until it is touched again. Contents are lost.
     *
     * @param begin page-aligned, in free memory that the caller owns
     * @param bytes positive multiple of the page size
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void giveBack(UnsignedWord begin, UnsignedWord bytes);

    /** All memory of the machine in bytes, that of the image included. */
    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord memorySize();

    /** Smallest unit of {@link #map}, {@link #unmap} and {@link #protect} in bytes: a power of two. */
    @Uninterruptible(reason = KERNEL_CODE)
    int pageSize();

    /** Lowest address that {@link #map} may be given; free memory lies below. */
    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord mappingBegin();

    /** First address too high for {@link #map}. */
    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord mappingEnd();

    /**
     * Makes memory appear at another address, with large pages where address, frame and size allow. Contents are undefined; until
     * it is unmapped the memory must not be touched at its own address, where it need not be any more.
     *
     * @param address page-aligned, within the mapping range, not mapped yet
     * @param frame   page-aligned address of free memory that the caller owns
     * @param bytes   positive multiple of the page size
     * @param access  {@link #READ}, {@link #WRITE}
     * @return true, or false when there was no memory for the tables (nothing is mapped then)
     */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean map(UnsignedWord address, UnsignedWord frame, UnsignedWord bytes, int access);

    /** Removes what {@link #map} made for one page, and returns the frame that was there, or zero if none was. */
    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord unmap(UnsignedWord address);

    /**
     * Removes a whole large page that {@link #map} made; returns its frame, or zero if none begins at {@code address}.
     *
     * @param address multiple of {@link #largePageSize}
     */
    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord unmapLarge(UnsignedWord address);

    /** Bytes in a large page. */
    @Uninterruptible(reason = KERNEL_CODE)
    int largePageSize();

    /** The frame that is mapped at {@code address} (rounded down to a page), or zero. */
    @Uninterruptible(reason = KERNEL_CODE)
    UnsignedWord frameAt(UnsignedWord address);

    /**
     * Changes what may be done with mapped pages; pages that are not mapped are passed over. An access of 0 makes every touch
     * fault. Also for the pages of the image itself.
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void protect(UnsignedWord address, UnsignedWord bytes, int access);

    /** Makes everything read-only that is not needed writable any more. Once, when the kernel is up. */
    @Uninterruptible(reason = KERNEL_CODE)
    void seal();

    /** Nanoseconds since a fixed moment at or before {@link #start}; never goes back. Callable from anywhere. */
    @Uninterruptible(reason = KERNEL_CODE)
    long nanoTime();

    /** Nanoseconds since 1970-01-01T00:00:00Z as this machine's clock has it. Callable from anywhere. */
    @Uninterruptible(reason = KERNEL_CODE)
    long wallClockNanos();

    /** Nanoseconds on the scale of {@link #nanoTime} when the image was entered: the first moment that it knows of. */
    @Uninterruptible(reason = KERNEL_CODE)
    long entryNanos();

    /**
     * Sets the wall clock, once, after {@link #startDevices}, for the case that the machine has no good clock of its own.
     *
     * @param epochNanos nanoseconds since the epoch when the image was entered, as the launcher has it, or 0 if it said nothing
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void hintWallClock(long epochNanos);

    /** Calls {@link MachineEvents#timerExpired()} at {@code deadline} (on the scale of {@link #nanoTime}), replacing any earlier one. */
    @Uninterruptible(reason = KERNEL_CODE)
    void setTimer(long deadline);

    /** Takes back {@link #setTimer}. */
    @Uninterruptible(reason = KERNEL_CODE)
    void cancelTimer();

    /** Holds off interrupts on this core; returns what {@link #restoreInterrupts} wants. Nests. */
    @Uninterruptible(reason = KERNEL_CODE)
    long disableInterrupts();

    /** Puts back what {@link #disableInterrupts} found. */
    @Uninterruptible(reason = KERNEL_CODE)
    void restoreInterrupts(long before);

    /** What {@link #disableInterrupts} returns when interrupts were enabled: for a thread that has not run yet. */
    @Uninterruptible(reason = KERNEL_CODE)
    long interruptsEnabled();

    /** Waits for an interrupt with the CPU halted: enables interrupts and disables them again, so that no wake-up is lost. */
    @Uninterruptible(reason = KERNEL_CODE)
    void waitForInterrupt();

    /** Bytes that a thread's saved state takes up. */
    @Uninterruptible(reason = KERNEL_CODE)
    int contextSize();

    /**
     * Prepares the saved state of a thread that has not run yet.
     *
     * @param context  {@link #contextSize} bytes, 64-byte aligned
     * @param stackTop first byte behind the stack, 16-byte aligned, mapped
     * @param function {@code long function(long argument)}, C calling convention; runs with interrupts enabled after
     *                 {@link MachineEvents#threadBegins()}, and its result goes to {@link MachineEvents#threadEnds}
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void prepareContext(Pointer context, UnsignedWord stackTop, WordBase function, WordBase argument);

    /** The state that the boot code runs in: what {@link #currentContext} is until the first switch. */
    @Uninterruptible(reason = KERNEL_CODE)
    Pointer bootContext();

    /** The context that runs. */
    @Uninterruptible(reason = KERNEL_CODE)
    Pointer currentContext();

    /**
     * Leaves the current context and continues another; returns when somebody switches back. Interrupts are disabled. Inside
     * {@link MachineEvents} handlers use {@link #setCurrentContext}.
     */
    @Uninterruptible(reason = KERNEL_CODE)
    void switchTo(Pointer context);

    /** In an interrupt handler: the context to continue when the handler returns. */
    @Uninterruptible(reason = KERNEL_CODE)
    void setCurrentContext(Pointer context);

    /** Writes one byte to a stream of the console, waiting if the device is busy. Works in a panic. */
    @Uninterruptible(reason = KERNEL_CODE)
    void consolePut(int stream, int value);

    /**
     * Writes bytes that the console takes at once; if they are not all, {@link MachineEvents#consoleWritable()} is called once it
     * takes more.
     *
     * @param stream {@link #OUTPUT} or {@link #ERRORS}; a machine may have one line for both
     * @return how many were taken
     */
    @Uninterruptible(reason = KERNEL_CODE)
    int consoleWrite(int stream, Pointer bytes, int length);

    /** Waits a while for a console that has just taken less than all, if it can be waited for. Interrupts stay disabled. */
    @Uninterruptible(reason = KERNEL_CODE)
    void consoleAwait();

    /** A byte from the console, -1 if there is none, -2 at the end of the input. */
    @Uninterruptible(reason = KERNEL_CODE)
    int consoleGet();

    /** True if input is shared with others, so that it must not be taken before somebody wants it; it is held from the start then. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean consoleInputOnDemand();

    /** Leaves further input in the device, so that the sender waits, or takes it again. */
    @Uninterruptible(reason = KERNEL_CODE)
    void consoleHoldInput(boolean hold);

    /** Writes a byte to the launcher's own line, which users do not see; goes nowhere without a launcher. */
    @Uninterruptible(reason = KERNEL_CODE)
    void debugPut(int value);

    /** Where drivers find their devices, or null if this machine has none. The same for ever. */
    @Uninterruptible(reason = KERNEL_CODE)
    DeviceBus devices();

    /** The cable of a machine that has no bus, or null if none is plugged in. The same for ever. */
    @Uninterruptible(reason = KERNEL_CODE)
    NetworkStream network();

    /** The disks of a machine that has no bus, or null if it has one. The same for ever. */
    @Uninterruptible(reason = KERNEL_CODE)
    DiskFiles disks();

    /** The stream to folders of a machine that has no bus, or null if nobody lends it any. The same for ever. */
    @Uninterruptible(reason = KERNEL_CODE)
    FolderStream folders();

    /** Writes eight unpredictable bytes to {@code out}; false if the machine has no source of randomness. */
    @Uninterruptible(reason = KERNEL_CODE)
    boolean randomWord(Pointer out);

    /** Ends everything and tells the launcher {@code code}, 0 to 255. Does not return. */
    @Uninterruptible(reason = KERNEL_CODE)
    void exit(int code);
}
