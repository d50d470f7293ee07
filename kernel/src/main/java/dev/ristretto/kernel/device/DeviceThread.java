package dev.ristretto.kernel.device;

/** Threads that serve devices: they end with the image and do not keep a program from ending. */
public final class DeviceThread {
    private static final long STACK = 256 * 1024;

    private DeviceThread() {
    }

    /** Starts a thread that is called {@code name} in a panic report and in Java. */
    public static void start(String name, Runnable body) {
        Thread thread = new Thread(null, body, name, STACK);
        thread.setDaemon(true);
        thread.start();
    }
}
