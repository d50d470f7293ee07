package dev.ristretto.launcher;

import dev.ristretto.launcher.console.InputPump;
import dev.ristretto.launcher.host.Host;
import dev.ristretto.launcher.qemu.QemuProcess;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** An image in QEMU. */
final class QemuEngine implements Engine {
    private final Path image;
    private final Host host;
    private final QemuProcess qemu;

    QemuEngine(Path image, Host host, QemuProcess qemu) {
        this.image = image;
        this.host = host;
        this.qemu = qemu;
    }

    @Override
    public String description() {
        return host.description() + (qemu.version().isEmpty() ? "" : ", QEMU " + qemu.version());
    }

    @Override
    public String name() {
        return "QEMU";
    }

    @Override
    public long pid() {
        return qemu.pid();
    }

    @Override
    public long startNanos() {
        return qemu.startNanos();
    }

    @Override
    public void pumpInput(InputStream from) {
        Thread.ofPlatform().daemon().name("ristretto-input").start(new InputPump(from, qemu.serialInput()));
    }

    @Override
    public InputStream output() {
        return qemu.serialOutput();
    }

    @Override
    public int waitFor() throws InterruptedException {
        return qemu.waitFor();
    }

    /**
     * The debug-exit device ends QEMU with {@code 2 * value + 1}; QEMU's own failures give 1 as well, but never without a complaint, and
     * signals 128 and more.
     */
    @Override
    public int codeOf(int status) throws LaunchException {
        String complaint = qemu.errors().lines().filter(line -> !line.contains("warning:")).collect(Collectors.joining("\n")).strip();
        if (status == 0) {
            // An early reset can come before QEMU was listened to, so its reason is not always known.
            String reason = qemu.shutdownReason();
            throw new LaunchException(image + " ended without announcing an exit code" + (reason.isEmpty() ? "" : " (" + reason + ")"),
                    "That is a reset after a triple fault, most likely, very early in the boot; --gdb lets you look.");
        }
        boolean debugExit = status % 2 == 1 && status < 128 && (status != 1 || complaint.isEmpty());
        if (debugExit) {
            return status >> 1;
        }
        String how = status > 128 ? "was ended by signal " + (status - 128) : "ended with status " + status;
        throw new LaunchException("QEMU " + how + " while it ran " + image + (complaint.isEmpty() ? "" : ":\n" + complaint),
                hint(complaint));
    }

    /** What to do about complaints that users can do something about. */
    private static String hint(String complaint) {
        if (complaint.contains("annot allocate memory")) {
            return "Give the image less with --memory, or free memory on this host.";
        }
        return complaint.contains("fsdev") || complaint.contains("virtio-9p")
                ? "This QEMU shares no folders, if it was built without them (virtfs): say --on process, or leave --share out." : "";
    }

    @Override
    public boolean endsWithin(long millis) throws InterruptedException {
        return qemu.endsWithin(millis);
    }

    @Override
    public void powerDown() throws InterruptedException {
        qemu.powerDown();
    }

    @Override
    public void kill() {
        qemu.kill();
    }

    @Override
    public void close() {
        qemu.close();
    }
}
