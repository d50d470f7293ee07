package dev.ristretto.kernel;

import static dev.ristretto.machine.Reasons.KERNEL_CODE;

import com.oracle.svm.core.Uninterruptible;
import com.oracle.svm.core.c.CGlobalData;
import com.oracle.svm.core.c.CGlobalDataFactory;
import dev.ristretto.kernel.boot.LauncherLine;
import dev.ristretto.kernel.console.ConsoleLine;
import dev.ristretto.kernel.thread.Semaphore;
import dev.ristretto.machine.Machine;
import org.graalvm.word.Pointer;

/** The end of the image, and the button that asks for it. */
public final class Power {
    /** Exit code after a panic: what a shell reports of a process that aborted (128 + SIGABRT). */
    public static final int PANIC_CODE = 134;
    private static final CGlobalData<Pointer> PRESSED = CGlobalDataFactory.createBytes(() -> Semaphore.SIZE);

    private static int buttonCode;

    private Power() {
    }

    /** Ends the image now: no shutdown hooks, but all console output is written. Only the low 8 bits of the code count. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void exit(int code) {
        Machine.get().disableInterrupts();
        ConsoleLine.finish();
        LauncherLine.mark("exit");
        LauncherLine.exit(code & 0xFF);
        Machine.get().exit(code & 0xFF);
    }

    /** From the machine: somebody pressed the button, and wants {@code code} as the exit code. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static void buttonPressedInHandler(int code) {
        buttonCode = buttonCode == 0 ? code : buttonCode;
        Semaphore.signalInHandler(PRESSED.get());
    }

    /** Waits until somebody presses the button; the exit code that goes with it. */
    @Uninterruptible(reason = KERNEL_CODE)
    public static int awaitButton() {
        Semaphore.await(PRESSED.get());
        return buttonCode;
    }
}
