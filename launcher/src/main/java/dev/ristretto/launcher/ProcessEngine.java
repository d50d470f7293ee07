package dev.ristretto.launcher;

import dev.ristretto.launcher.process.ImageProcess;
import java.io.InputStream;
import java.util.List;

/** An image as a process of Linux. */
final class ProcessEngine implements Engine {
    private final ImageProcess process;
    private final List<AutoCloseable> services;
    private final String reason;

    /**
     * @param services its network and folders, closed with it
     * @param reason   why not in QEMU, in words that follow "KVM"; empty if nobody asked
     */
    ProcessEngine(ImageProcess process, List<AutoCloseable> services, String reason) {
        this.process = process;
        this.services = services;
        this.reason = reason;
    }

    static String description(String reason) {
        return "a process of this Linux" + (reason.isEmpty() ? "" : "; KVM " + reason);
    }

    @Override
    public String description() {
        return description(reason);
    }

    @Override
    public String name() {
        return "exec";
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public long startNanos() {
        return process.startNanos();
    }

    @Override
    public void pumpInput(InputStream from) {
        process.pumpInput(from);
    }

    @Override
    public InputStream output() {
        return process.output();
    }

    @Override
    public int waitFor() throws InterruptedException {
        return process.waitFor();
    }

    /** The program's own, or 128 and the signal that killed it, as a shell has it. */
    @Override
    public int codeOf(int status) {
        return status;
    }

    @Override
    public boolean endsWithin(long millis) throws InterruptedException {
        return process.endsWithin(millis);
    }

    @Override
    public void powerDown() {
        process.terminate();
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
        closeAll(services);
    }

    static void closeAll(List<AutoCloseable> services) {
        for (AutoCloseable service : services) {
            try {
                service.close();
            } catch (Exception e) {
                continue; // it is gone all the same
            }
        }
    }
}
