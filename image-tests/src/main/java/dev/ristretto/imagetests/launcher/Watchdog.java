package dev.ristretto.imagetests.launcher;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Prints where every platform thread is when a test takes suspiciously long, once per test: whoever reads the log of a test that hung
 * wants to know where. Virtual threads are not shown.
 */
final class Watchdog implements TestExecutionListener {
    private static final long LOOKS_EVERY_MILLIS = 1_000;

    private final PrintStream out;
    private final long patience;
    private volatile String running;
    private volatile long since;

    /**
     * @param out where to print
     * @param patience how long a test may take, in seconds: less than its timeout, which would change what is to be seen
     */
    Watchdog(PrintStream out, long patience) {
        this.out = out;
        this.patience = TimeUnit.SECONDS.toNanos(patience);
        Thread thread = new Thread(this::watch, "watchdog");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void executionStarted(TestIdentifier identifier) {
        if (identifier.isTest()) {
            since = System.nanoTime();
            running = identifier.getUniqueId();
        }
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        running = null;
    }

    private void watch() {
        String shown = null;
        while (true) {
            try {
                Thread.sleep(LOOKS_EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            String test = running;
            if (test != null && !test.equals(shown) && System.nanoTime() - since > patience) {
                shown = test;
                show(test);
            }
        }
    }

    private void show(String test) {
        StringBuilder text = new StringBuilder("\nwatchdog: ").append(test).append(" takes long; the threads are at:\n");
        for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
            Thread thread = entry.getKey();
            text.append("  \"").append(thread.getName()).append("\" ").append(thread.getState()).append('\n');
            for (StackTraceElement frame : entry.getValue()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        out.print(text);
        out.flush();
    }
}
