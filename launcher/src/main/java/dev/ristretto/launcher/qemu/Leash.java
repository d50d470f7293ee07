package dev.ristretto.launcher.qemu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Words before a command that tie it to this process's life. {@code setpriv --pdeathsig} has Linux kill it when the thread that started
 * it ends, by whatever death; {@code setsid} keeps the terminal's Ctrl-C from it, which would end QEMU at once instead of asking its
 * guest. Both belong to util-linux; where they are missing the command runs without.
 */
final class Leash {
    private Leash() { }

    static List<String> words(String searchPath) {
        List<String> words = new ArrayList<>();
        Path setpriv = QemuFinder.onPath("setpriv", searchPath);
        if (setpriv != null && isUtilLinux(setpriv)) {
            words.addAll(List.of(setpriv.toString(), "--pdeathsig", "KILL"));
        }
        Path setsid = QemuFinder.onPath("setsid", searchPath);
        if (setsid != null) {
            words.add(setsid.toString());
        }
        return words;
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
