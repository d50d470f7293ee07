package dev.ristretto.kernel.platform;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.function.CEntryPointOptions;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoEpilogue;
import com.oracle.svm.core.c.function.CEntryPointOptions.NoPrologue;
import dev.ristretto.kernel.Power;
import dev.ristretto.kernel.console.ConsoleLine;
import dev.ristretto.kernel.thread.Condition;
import dev.ristretto.kernel.thread.Mutex;
import dev.ristretto.kernel.thread.Parking;
import dev.ristretto.kernel.thread.Scheduler;
import dev.ristretto.kernel.thread.Semaphore;
import org.graalvm.nativeimage.c.function.CEntryPoint;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.Pointer;

/**
 * Calls from Java that may block. Each goes out through a {@code @CFunction}, which tells SubstrateVM that the thread is in native
 * code, so that a collection need not wait for it, and comes in again at the kernel through a {@code @CEntryPoint} of the same name.
 */
public final class BlockingCalls {
    private BlockingCalls() {
    }

    @CFunction("ristretto_mutex_lock")
    static native void mutexLock(Pointer mutex);

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "ristretto_mutex_lock")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static void mutexLockEntry(Pointer mutex) {
        Mutex.lock(mutex);
    }

    /** Returns 0 if the deadline ended the wait. */
    @CFunction("ristretto_condition_await")
    static native int conditionAwait(Pointer condition, Pointer mutex, long deadline);

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "ristretto_condition_await")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static int conditionAwaitEntry(Pointer condition, Pointer mutex, long deadline) {
        return Condition.await(condition, mutex, deadline) ? 1 : 0;
    }

    @CFunction("ristretto_semaphore_await")
    static native void semaphoreAwait(Pointer semaphore);

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "ristretto_semaphore_await")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static void semaphoreAwaitEntry(Pointer semaphore) {
        Semaphore.await(semaphore);
    }

    @CFunction("ristretto_park")
    public static native void park(Pointer parking, long deadline);

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "ristretto_park")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static void parkEntry(Pointer parking, long deadline) {
        Parking.park(parking, deadline);
    }

    @CFunction("ristretto_yield")
    static native void yield();

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "ristretto_yield")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static void yieldEntry() {
        Scheduler.yield();
    }

    @CFunction("ristretto_console_write")
    public static native void consoleWrite(int stream, Pointer bytes, int length);

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "ristretto_console_write")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static void consoleWriteEntry(int stream, Pointer bytes, int length) {
        ConsoleLine.write(stream, bytes, length);
    }

    /** Returns 0 at the end of input. */
    @CFunction("ristretto_console_read")
    public static native int consoleRead(Pointer bytes, int length);

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "ristretto_console_read")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static int consoleReadEntry(Pointer bytes, int length) {
        return ConsoleLine.read(bytes, length);
    }

    /** Returns the exit code that is asked for. */
    @CFunction("ristretto_power_button")
    static native int awaitPowerButton();

    @Uninterruptible(reason = "Native side of a call.")
    @CEntryPoint(name = "ristretto_power_button")
    @CEntryPointOptions(prologue = NoPrologue.class, epilogue = NoEpilogue.class)
    private static int awaitPowerButtonEntry() {
        return Power.awaitButton();
    }
}
