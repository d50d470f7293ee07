package dev.ristretto.kernel.platform;

import com.oracle.svm.core.util.PlatformTimeUtils;
import dev.ristretto.machine.Machine;

/** The wall clock for {@code java.time}. */
final class KernelTime extends PlatformTimeUtils {
    @Override
    public SecondsNanos javaTimeSystemUTC() {
        long nanos = Machine.get().wallClockNanos();
        return new SecondsNanos(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    }
}
