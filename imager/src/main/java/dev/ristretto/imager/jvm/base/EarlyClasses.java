package dev.ristretto.imager.jvm.base;

/**
 * Classes that the JVM's and the builder's other threads need. Each class draws an identity hash code from the thread that loads it, and
 * these threads would come upon them at any time: before the main thread or after it, with hash codes that depend on how many symbols the
 * just-in-time compilers have made until then. So the main thread loads them before it starts the first thread.
 */
public final class EarlyClasses {
    private static final String[] NAMES = {
        // Reference Handler
        "jdk.internal.ref.Cleaner",
        // threads that sleep, or wait for work
        "jdk.internal.event.ThreadSleepEvent",
        "java.lang.invoke.VarHandle$AccessDescriptor",
        "java.util.concurrent.TimeUnit",
        "java.util.concurrent.ForkJoinWorkerThread",
        "java.lang.InterruptedException",
        "java.util.concurrent.locks.LockSupport",
        "java.util.concurrent.locks.AbstractQueuedSynchronizer$Node",
        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ExclusiveNode",
        "java.util.concurrent.locks.AbstractQueuedSynchronizer$SharedNode",
        "java.util.concurrent.ForkJoinPool$ManagedBlocker",
        "java.util.concurrent.locks.AbstractQueuedSynchronizer$ConditionNode",
    };

    private EarlyClasses() {
    }

    /** Called before the main thread starts another for the first time. */
    public static void load() throws ClassNotFoundException {
        for (String name : NAMES) {
            // Also asked for, should it not have been drawn yet: who asks first draws it.
            System.identityHashCode(Class.forName(name, false, null));
        }
    }
}
