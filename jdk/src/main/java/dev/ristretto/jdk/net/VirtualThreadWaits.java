package dev.ristretto.jdk.net;

import dev.ristretto.jdk.io.Descriptors;
import dev.ristretto.jdk.net.descriptor.Pollable;
import dev.ristretto.jdk.net.descriptor.Readiness;
import dev.ristretto.storage.ErrnoException;
import java.util.function.BooleanSupplier;

/** Parks virtual threads until a descriptor is ready. */
final class VirtualThreadWaits {
    private VirtualThreadWaits() {
    }

    /**
     * Parks the current thread until a descriptor is ready, the time is over, the thread is interrupted or unparked, or {@link #stop} is
     * called: the caller looks what it was.
     *
     * @param nanos  how long at most, 0 for ever
     * @param isOpen asked when nothing can be missed any more
     */
    static void await(int descriptor, int events, long nanos, BooleanSupplier isOpen) {
        try {
            if (Descriptors.get(descriptor) instanceof Pollable pollable) {
                pollable.parkUntilReady(events, nanos, isOpen);
            }
        } catch (ErrnoException e) {
            // Closed in the meantime, which the caller finds out by itself.
        }
    }

    /** {@link #await} for a selector, which can be read when one of its channels is ready. */
    static void awaitSelector(int descriptor, long nanos) {
        await(descriptor, Readiness.IN, nanos, () -> true);
    }

    static void stop(int descriptor) {
        try {
            if (Descriptors.get(descriptor) instanceof Pollable pollable) {
                pollable.wakeAll();
            }
        } catch (ErrnoException e) {
            // Closed in the meantime, which woke everybody.
        }
    }
}
