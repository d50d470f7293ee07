package dev.ristretto.launcher;

/**
 * Hears Ctrl-C while the Java virtual machine is ending already, when it would otherwise be passed over: whoever presses it a second
 * time does not want to wait. {@code sun.misc.Signal} of the module {@code jdk.unsupported} is the only way to hear signals in Java;
 * javac warns of it, and cannot be told not to.
 */
final class SecondInterrupt {
    private SecondInterrupt() { }

    /** Calls {@code action} on every SIGINT from now on; does nothing where signals cannot be had ({@code java -Xrs}). */
    static void listen(Runnable action) {
        try {
            sun.misc.Signal.handle(new sun.misc.Signal("INT"), signal -> action.run());
        } catch (IllegalArgumentException e) {
            return;
        }
    }
}
