package dev.ristretto.launcher;

import java.io.InputStream;

/** What runs an image: a hypervisor, or Linux itself. Methods may be called from any thread. */
interface Engine extends AutoCloseable {
    /** One line for the user: what the image runs on and why. */
    String description();

    /** What the time before the image's entry is spent in, for the boot chart. */
    String name();

    /** Process id of what runs the image. */
    long pid();

    /** {@link System#nanoTime()} right before it was started. */
    long startNanos();

    /** Starts to carry the program's input; returns at once. */
    void pumpInput(InputStream from);

    /** What the program writes; ends with the image. */
    InputStream output();

    /** Waits for the end; the status of the process. */
    int waitFor() throws InterruptedException;

    /** What the status means when the image did not announce its exit code. */
    int codeOf(int status) throws LaunchException;

    /** Waits up to {@code millis} for the end; whether it has come. */
    boolean endsWithin(long millis) throws InterruptedException;

    /** Presses the power button. */
    void powerDown() throws InterruptedException;

    /** Ends the image at once. */
    void kill();

    /** Kills it if it still runs and gives everything back. */
    @Override
    void close();
}
