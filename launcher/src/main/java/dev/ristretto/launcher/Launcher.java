package dev.ristretto.launcher;

import dev.ristretto.launcher.console.DebugConsole;
import dev.ristretto.launcher.disk.DiskFile;
import dev.ristretto.launcher.gateway.Gateway;
import dev.ristretto.launcher.host.Host;
import dev.ristretto.launcher.host.HostProbe;
import dev.ristretto.launcher.image.ImageFile;
import dev.ristretto.launcher.network.Connection;
import dev.ristretto.launcher.process.ImageProcess;
import dev.ristretto.launcher.qemu.QemuCommand;
import dev.ristretto.launcher.qemu.QemuFinder;
import dev.ristretto.launcher.qemu.QemuProcess;
import dev.ristretto.launcher.share.FolderService;
import dev.ristretto.launcher.share.FolderShare;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Starts images, in QEMU or as processes. What an image asks for is checked before anything starts.
 *
 * <p>Without state; may be used by several threads, for several images at once.
 */
public final class Launcher {
    /**
     * Runs an image to its end.
     *
     * @return the program's exit code, 0 to 255; see {@link RunningImage#waitFor}
     * @throws LaunchException if it cannot be started or its hypervisor fails
     */
    public int run(Path image, LaunchOptions options) throws LaunchException, InterruptedException {
        try (RunningImage running = start(image, options)) {
            return running.waitFor();
        }
    }

    /**
     * Starts an image.
     *
     * @throws LaunchException if the file is not an image, asks for what cannot be given here, or the hypervisor cannot be started
     */
    public RunningImage start(Path image, LaunchOptions options) throws LaunchException, InterruptedException {
        ImageFile file = ImageFile.read(image);
        if (options.runsOn() == RunsOn.PROCESS) {
            return startProcess(image, file, options, "");
        }
        Path program = options.qemu() != null ? options.qemu() : QemuFinder.onPath(QemuFinder.PROGRAM, System.getenv("PATH"));
        if (options.runsOn() == RunsOn.AUTO && !asksForQemu(options) && ImageCheck.runsAsProcess(file)) {
            String reason = program == null ? "needs QEMU, which is not installed"
                    : new HostProbe(options.cacheDirectory()).whyNotKvm(program);
            if (!reason.isEmpty()) {
                return startProcess(image, file, options, reason);
            }
        }
        return startInQemu(image, file, options, program != null ? program : QemuFinder.find(System.getenv("PATH")));
    }

    /** Whether there are options that only QEMU can fulfil. */
    private static boolean asksForQemu(LaunchOptions options) {
        return options.machine() != null || options.accelerator() != Accelerator.AUTO || options.gdbPort() != 0 || options.qemu() != null
                || !options.qemuArguments().isEmpty();
    }

    private static RunningImage startProcess(Path image, ImageFile file, LaunchOptions options, String reason)
            throws LaunchException, InterruptedException {
        if (options.gdbPort() != 0) {
            throw new LaunchException("--gdb halts a virtual machine, and a process has none",
                    "Say --on qemu, or have gdb start the process: gdb --args " + ShellWord.quote(image.toString()));
        }
        if (options.network().connection() instanceof Connection.Tap tap && options.network().pcap() != null) {
            throw new LaunchException("The frames of a process on a TAP device do not pass by the launcher (--pcap)",
                    "Say --on qemu, or write them with: tcpdump -i " + tap.device() + " -w FILE");
        }
        if (asksForQemu(options)) {
            throw new LaunchException("A process has no use for options of QEMU (--machine, --accel, --qemu, --qemu-arg)",
                    "Say --on qemu, or leave them out.");
        }
        ImageCheck check = new ImageCheck(file, true);
        check.fits(options.memoryMib());
        checkDisks(check, options);
        checkShares(check, options);
        if (!Files.isExecutable(image)) {
            throw new LaunchException("Linux may not execute " + image,
                    "The file must be executable, and its file system must allow that (not mounted noexec): chmod +x "
                            + ShellWord.quote(image.toString()));
        }
        List<String> words = systemWords(options);
        words.add("ristretto.memory=" + ((long) options.memoryMib() << 20));
        Connection connection = options.network().resolve(ImageCheck.wantsNetwork(file));
        options.network().check(connection);
        sayIfDown(connection, options);
        options.disks().forEach(disk -> words.add(disk.processWord()));
        checkEncodable(String.join(" ", words) + String.join(" ", options.arguments()) + options.environment());
        DebugConsole debug = new DebugConsole();
        List<AutoCloseable> services = new ArrayList<>();
        try {
            if (connection instanceof Connection.User) {
                Gateway gateway = openGateway(options);
                services.add(gateway);
                words.add("ristretto.net=" + gateway.socket());
            } else if (connection instanceof Connection.Tap tap) {
                words.add("ristretto.net=tap:" + tap.device());
            }
            if (!(connection instanceof Connection.None)) {
                words.add("ristretto.mac=" + options.network().macOrUsual(connection));
            }
            if (!options.shares().isEmpty()) {
                FolderService folders = openFolders(options);
                services.add(folders);
                words.add("ristretto.share=" + folders.socket());
                options.shares().forEach(share -> words.add("ristretto.folder=" + share.tag()));
            }
            String line = CommandLine.compose(words, Map.of(), List.of());
            ImageProcess process = ImageProcess.start(image, line, options.environment(), options.arguments(), options.inherit(),
                    options.timings() ? debug : null);
            options.network().forwards().forEach(forward -> options.notices().accept("reach it at " + forward.address()));
            return new RunningImage(image, options, new ProcessEngine(process, services, reason), debug);
        } catch (LaunchException e) {
            ProcessEngine.closeAll(services);
            throw e;
        } catch (IOException e) {
            ProcessEngine.closeAll(services);
            throw new LaunchException("Cannot start " + image + " as a process: " + e.getMessage(), "", e);
        }
    }

    private static void checkDisks(ImageCheck check, LaunchOptions options) throws LaunchException {
        check.fits(options.disks());
        for (DiskFile disk : options.disks()) {
            disk.check();
        }
    }

    private static void checkShares(ImageCheck check, LaunchOptions options) throws LaunchException {
        check.canShare(options.shares());
        for (FolderShare share : options.shares()) {
            share.check();
        }
    }

    private static void sayIfDown(Connection connection, LaunchOptions options) {
        String notice = options.network().notice(connection);
        if (notice != null) {
            options.notices().accept(notice);
        }
    }

    private static Gateway openGateway(LaunchOptions options) throws LaunchException {
        try {
            return Gateway.open(ImageProcess.temporaryDirectory(), options.network().forwards(), options.network().pcap(), options.notices());
        } catch (IOException e) {
            throw new LaunchException("The image's network cannot be made: " + e.getMessage(), "Say --net none if it can do without one.", e);
        }
    }

    private static FolderService openFolders(LaunchOptions options) throws LaunchException {
        try {
            return FolderService.open(options.shares(), options.notices());
        } catch (IOException e) {
            throw new LaunchException("The folders cannot be shared: " + e.getMessage(), "Leave --share out if it can do without.", e);
        }
    }

    private static RunningImage startInQemu(Path image, ImageFile file, LaunchOptions options, Path program)
            throws LaunchException, InterruptedException {
        ImageCheck check = new ImageCheck(file, false);
        check.fits(options.memoryMib());
        Connection connection = options.network().resolve(ImageCheck.wantsNetwork(file));
        options.network().checkForQemu();
        options.network().check(connection);
        sayIfDown(connection, options);
        checkDisks(check, options);
        checkShares(check, options);
        Host host = new HostProbe(options.cacheDirectory()).choose(program, options.machine(), options.accelerator());
        check.fits(host);
        if (host.fresh()) {
            options.notices().accept("runs on " + host.description());
        }
        QemuCommand command = new QemuCommand(program, host.machine(), host.accelerator(), options.memoryMib());
        command.add("-kernel", image.toString());
        command.add("-append", commandLine(options, command.maxCommandLine()));
        if (options.gdbPort() != 0) {
            command.add("-S", "-gdb", "tcp:127.0.0.1:" + options.gdbPort());
            options.notices().accept("waits for a debugger; type in another terminal:\n  gdb " + ShellWord.quote(image.toString())
                    + " -ex 'target remote 127.0.0.1:" + options.gdbPort() + "'");
        }
        command.add(options.network().qemuWords(connection, host.machine()));
        options.network().forwards().forEach(forward -> options.notices().accept("reach it at " + forward.address()));
        for (int i = 0; i < options.disks().size(); i++) {
            command.add(options.disks().get(i).qemuWords(i, host.machine()));
        }
        for (int i = 0; i < options.shares().size(); i++) {
            command.add(options.shares().get(i).qemuWords(i, host.machine()));
        }
        command.add(options.qemuArguments());
        DebugConsole debug = new DebugConsole();
        try {
            return new RunningImage(image, options, new QemuEngine(image, host, QemuProcess.start(command, debug)), debug);
        } catch (IOException e) {
            throw new LaunchException("Cannot start " + program + ": " + e.getMessage(), "Check that it can be executed.", e);
        }
    }

    private static List<String> systemWords(LaunchOptions options) {
        List<String> words = new ArrayList<>(options.systemWords());
        if (options.timings()) {
            words.add("ristretto.timings");
        }
        return words;
    }

    private static String commandLine(LaunchOptions options, int limit) throws LaunchException {
        List<String> words = systemWords(options);
        Instant now = Instant.now();
        words.add("ristretto.epoch=" + (now.getEpochSecond() * 1_000_000_000L + now.getNano()));
        String line = CommandLine.compose(words, options.environment(), options.arguments());
        int length = line.getBytes(StandardCharsets.UTF_8).length;
        if (length > limit) {
            throw new LaunchException("The program's arguments and environment take " + length + " bytes; an image can be given " + limit,
                    "Pass large data on standard input.");
        }
        checkEncodable(line);
        return line;
    }

    private static void checkEncodable(String text) throws LaunchException {
        if (text.indexOf('\0') >= 0) {
            throw new LaunchException("An argument contains the character 0, which no command line can carry", "");
        }
        // The JDK encodes the arguments of a process in this charset and quietly replaces what it cannot encode.
        Charset charset = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        if (!charset.newEncoder().canEncode(text) || !charset.equals(StandardCharsets.UTF_8) && text.chars().anyMatch(c -> c > 127)) {
            throw new LaunchException("An argument has characters that cannot be passed on in this locale (" + charset + ")",
                    "Set LC_ALL=C.UTF-8.");
        }
    }
}
