package dev.ristretto.jdk.lang;

import jdk.internal.access.SharedSecrets;

/** What the system has to do after the program's last word: after shutdown hooks and {@code deleteOnExit}, and also without those. */
public final class BeforeEnd {
    /** The first two are the console's and that of shutdown hooks, the third that of files to be deleted. */
    private static final int SLOT = 3;

    private static volatile Runnable action;

    private BeforeEnd() {
    }

    /** Has something done when the program ends, in whichever way; perhaps twice. Once only. */
    public static void run(Runnable newAction) {
        action = newAction;
        SharedSecrets.getJavaLangAccess().registerShutdownHook(SLOT, false, newAction);
    }

    /** The program is halted: what it wrote is as safe as with an operating system that goes on. */
    static void halted() {
        Runnable last = action;
        if (last != null) {
            last.run();
        }
    }
}
