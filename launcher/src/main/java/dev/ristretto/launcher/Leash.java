package dev.ristretto.launcher;

import dev.ristretto.launcher.qemu.QemuFinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Ties a child to this process's life. {@code setpriv --pdeathsig} has Linux kill it when the thread that started it ends, by whatever
 * death; {@code setsid} keeps the terminal's Ctrl-C from it, which would end QEMU at once instead of asking its guest. Both belong to
 * util-linux; where they are missing the child runs without.
 */
public final class Leash {
    /**
     * A child.
     *
     * @param nanos {@link System#nanoTime()} right before it was started
     */
    public record Started(Process process, long nanos) { }

    private Leash() { }

    /**
     * Words before a command.
     *
     * @param ownSession whether it gets a session of its own, without a terminal
     */
    public static List<String> words(String searchPath, boolean ownSession) {
        List<String> words = new ArrayList<>();
        Path setpriv = QemuFinder.onPath("setpriv", searchPath);
        if (setpriv != null && isUtilLinux(setpriv)) {
            words.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL"));
        }
        Path setsid = ownSession ? QemuFinder.onPath("setsid", searchPath) : null;
        if (setsid != null) {
            words.add(setsid.toString());
        }
        return words;
    }

    /** Starts a child from a thread that lives as long as it does: the leash is tied to the thread, not to the whole process. */
    public static Started start(ProcessBuilder builder, String threadName) throws IOException, InterruptedException {
        CompletableFuture<Started> started = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name(threadName).start(() -> {
            long nanos = System.nanoTime();
            try {
                Process child = builder.start();
                started.complete(new Started(child, nanos));
                while (child.isAlive()) {
                    child.onExit().join();
                }
            } catch (IOException | RuntimeException e) {
                started.completeExceptionally(e);
            }
        });
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** BusyBox has a program of that name without the option. */
    private static boolean isUtilLinux(Path program) {
        try {
            return program.toRealPath().getFileName().toString().equals("setpriv");
        } catch (IOException e) {
            return false;
        }
    }
}
