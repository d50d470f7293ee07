package dev.ristretto.kernel.platform;

import com.oracle.svm.core.jdk.RuntimeSupport;
import dev.ristretto.kernel.boot.LauncherLine;

/**
 * The last thing before {@code main}: a thread that waits for the power button and then ends the program in order, as SIGTERM
 * does elsewhere: shutdown hooks run.
 */
final class PowerButtonThread implements RuntimeSupport.Hook {
    private static final long STACK = 256 * 1024;

    @Override
    public void execute(boolean isFirstIsolate) {
        Thread thread = new Thread(null, PowerButtonThread::run, "power-button", STACK);
        thread.setDaemon(true);
        thread.start();
        LauncherLine.mark("main");
    }

    private static void run() {
        System.exit(BlockingCalls.awaitPowerButton());
    }
}
