package dev.ristretto.jdk.lang;

import com.oracle.svm.core.heap.PhysicalMemory;
import com.oracle.svm.core.jdk.RuntimeSupport;

/**
 * Says so when {@code -Xmx} promises more than the collector can keep: it copies what lives, and where there is no memory for the copies the
 * machine stops in the middle of a collection, where a program expects an {@link OutOfMemoryError}.
 */
public final class HeapWarning implements RuntimeSupport.Hook {
    @Override
    public void execute(boolean isFirstIsolate) {
        long safe = PhysicalMemory.size().rawValue();
        long most = Runtime.getRuntime().maxMemory();
        if (most > safe) {
            SystemMessages.say("-Xmx lets the Java heap grow to " + (most >> 20) + " MiB, but in this machine a heap of more than " + (safe >> 20)
                    + " MiB that is full ends in a panic, for the collector needs as much again: give it more memory, or -Xmx" + (safe >> 20) + "m");
        }
    }
}
