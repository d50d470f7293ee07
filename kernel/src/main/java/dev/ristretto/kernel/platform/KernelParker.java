package dev.ristretto.kernel.platform;

import static com.oracle.svm.core.Uninterruptible.CALLED_FROM_UNINTERRUPTIBLE_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.stack.StackOverflowCheck;
import com.oracle.svm.core.thread.Parker;
import dev.ristretto.kernel.memory.NativeHeap;
import dev.ristretto.kernel.thread.Parking;
import dev.ristretto.kernel.thread.Scheduler;
import dev.ristretto.machine.Machine;
import jdk.graal.compiler.word.Word;
import org.graalvm.word.Pointer;

/** {@code LockSupport.park} of one thread. */
final class KernelParker extends Parker {
    private Pointer parking;

    private KernelParker(Pointer parking) {
        this.parking = parking;
    }

    @Override
    protected void reset() {
        Parking.reset(parking);
    }

    @Override
    protected boolean tryFastPark() {
        return Parking.tryPark(parking);
    }

    /** @param time 0 for ever; else nanoseconds from now, or, if absolute, milliseconds since the epoch */
    @Override
    protected void park(boolean isAbsolute, long time) {
        long deadline = Scheduler.FOREVER;
        Machine machine = Machine.get();
        if (isAbsolute) {
            long untilThen = time - machine.wallClockNanos() / 1_000_000;
            deadline = after(machine.nanoTime(), untilThen > Scheduler.FOREVER / 1_000_000 ? Scheduler.FOREVER : untilThen * 1_000_000);
        } else if (time != 0) {
            deadline = after(machine.nanoTime(), time);
        }
        StackOverflowCheck.singleton().makeYellowZoneAvailable();
        try {
            BlockingCalls.park(parking, deadline);
        } finally {
            StackOverflowCheck.singleton().protectYellowZone();
        }
    }

    private static long after(long now, long nanos) {
        return nanos < 0 ? now : nanos > Scheduler.FOREVER - now ? Scheduler.FOREVER : now + nanos;
    }

    @Override
    protected void unpark() {
        Parking.unpark(parking);
    }

    @Override
    @Uninterruptible(reason = CALLED_FROM_UNINTERRUPTIBLE_CODE, mayBeInlined = true)
    protected void release() {
        NativeHeap.free(parking);
        parking = Word.nullPointer();
    }

    static final class Factory implements ParkerFactory {
        @Override
        public Parker acquire() {
            Pointer parking = NativeHeap.allocateZeroed(Word.unsigned(Parking.SIZE));
            if (parking.isNull()) {
                throw new OutOfMemoryError("no native memory to block a thread with");
            }
            return new KernelParker(parking);
        }
    }
}
