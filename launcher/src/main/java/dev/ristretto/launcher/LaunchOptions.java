package dev.ristretto.launcher;

import dev.ristretto.launcher.disk.DiskFile;
import dev.ristretto.launcher.network.NetworkOptions;
import dev.ristretto.launcher.share.FolderShare;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * How to run an image. Made with {@link #builder()}; every choice has a default.
 *
 * @param runsOn a virtual machine or a process
 * @param memoryMib the guest's memory in MiB
 * @param machine the machine model, null for the fastest that QEMU has
 * @param systemWords words for the system: {@code -Xmx64m}, {@code -Dkey=value}, {@code ristretto.verbose}
 * @param arguments the program's arguments
 * @param environment the program's environment variables
 * @param timings whether the image is asked for the marks of a boot chart
 * @param gdbPort TCP port on 127.0.0.1 where the guest waits for a debugger before its first instruction; 0 for no waiting
 * @param in the program's {@code System.in}
 * @param out where the program's {@code System.out} and {@code System.err} go
 * @param inherit whether a process gets this process's own standard streams, in place of {@code in} and {@code out}
 * @param qemu the QEMU to use, null to look for it
 * @param qemuArguments more words for QEMU's command line
 * @param cacheDirectory where facts about the host are kept
 * @param network what it is connected to
 * @param disks its disks, in the order in which it finds them
 * @param shares folders of this host that it sees
 * @param grace how long an image may take to end after it was asked to
 * @param notices takes sentences for the user, such as what the image runs on; called from any thread
 */
public record LaunchOptions(RunsOn runsOn, int memoryMib, Machine machine, Accelerator accelerator, List<String> systemWords,
        List<String> arguments, Map<String, String> environment, boolean timings, int gdbPort, InputStream in,
        OutputStream out, boolean inherit, Path qemu, List<String> qemuArguments, NetworkOptions network,
        List<DiskFile> disks, List<FolderShare> shares, Path cacheDirectory, Duration grace, Consumer<String> notices) {

    /** Memory of a guest nobody gave another size, in MiB. */
    public static final int DEFAULT_MEMORY_MIB = 128;

    /** A builder with the defaults: 128 MiB, the best machine and accelerator, no input, output dropped, ten seconds' grace. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects choices; not thread-safe. */
    public static final class Builder {
        private RunsOn runsOn = RunsOn.QEMU;
        private boolean inherit;
        private int memoryMib = DEFAULT_MEMORY_MIB;
        private Machine machine;
        private Accelerator accelerator = Accelerator.AUTO;
        private List<String> systemWords = List.of();
        private List<String> arguments = List.of();
        private Map<String, String> environment = Map.of();
        private boolean timings;
        private int gdbPort;
        private InputStream in = InputStream.nullInputStream();
        private OutputStream out = OutputStream.nullOutputStream();
        private Path qemu;
        private List<String> qemuArguments = List.of();
        private NetworkOptions network = NetworkOptions.DEFAULT;
        private List<DiskFile> disks = List.of();
        private List<FolderShare> shares = List.of();
        private Path cacheDirectory = defaultCacheDirectory();
        private Duration grace = Duration.ofSeconds(10);
        private Consumer<String> notices = sentence -> { };

        private Builder() { }

        /** A virtual machine, which is the default, a process, or the better one. */
        public Builder runsOn(RunsOn value) {
            runsOn = Objects.requireNonNull(value);
            return this;
        }

        /** Whether a process gets this process's own standard streams; {@code in} and {@code out} are not used then. */
        public Builder inherit(boolean value) {
            inherit = value;
            return this;
        }

        /** The guest's memory in MiB, at least 1. */
        public Builder memoryMib(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("memory of " + value + " MiB");
            }
            memoryMib = value;
            return this;
        }

        /** The machine model; null for the fastest that QEMU has. */
        public Builder machine(Machine value) {
            machine = value;
            return this;
        }

        /** What runs the guest's instructions. */
        public Builder accelerator(Accelerator value) {
            accelerator = Objects.requireNonNull(value);
            return this;
        }

        /** Words for the system, before those the launcher adds itself. */
        public Builder systemWords(List<String> value) {
            systemWords = List.copyOf(value);
            return this;
        }

        /** The program's arguments. */
        public Builder arguments(List<String> value) {
            arguments = List.copyOf(value);
            return this;
        }

        /** The program's environment. */
        public Builder environment(Map<String, String> value) {
            environment = new LinkedHashMap<>(value);
            return this;
        }

        /** Whether to ask the image for the marks of a boot chart. */
        public Builder timings(boolean value) {
            timings = value;
            return this;
        }

        /** Wait for a debugger on this TCP port of 127.0.0.1; 0 for no waiting. */
        public Builder gdbPort(int value) {
            if (value < 0 || value > 65535) {
                throw new IllegalArgumentException("port " + value);
            }
            gdbPort = value;
            return this;
        }

        /** The program's input; read by a thread of the launcher's, not closed. */
        public Builder in(InputStream value) {
            in = Objects.requireNonNull(value);
            return this;
        }

        /** Where the program's output goes; flushed after each piece, not closed. */
        public Builder out(OutputStream value) {
            out = Objects.requireNonNull(value);
            return this;
        }

        /** The QEMU to use; null to look for it on the search path. */
        public Builder qemu(Path value) {
            qemu = value;
            return this;
        }

        /** More words for QEMU's command line. */
        public Builder qemuArguments(List<String> value) {
            qemuArguments = new ArrayList<>(value);
            return this;
        }

        /** What it is connected to; default: QEMU's user network if the image can use a network. */
        public Builder network(NetworkOptions value) {
            network = Objects.requireNonNull(value);
            return this;
        }

        /** Its disks, the first one first; default: none. */
        public Builder disks(List<DiskFile> value) {
            disks = List.copyOf(value);
            return this;
        }

        /** Folders of this host that it sees; default: none. */
        public Builder shares(List<FolderShare> value) {
            shares = List.copyOf(value);
            return this;
        }

        /** Where facts about the host are kept; default {@code ristretto} in the user's cache directory. */
        public Builder cacheDirectory(Path value) {
            cacheDirectory = Objects.requireNonNull(value);
            return this;
        }

        /** How long an image may take to end after it was asked to; then it is killed. */
        public Builder grace(Duration value) {
            grace = Objects.requireNonNull(value);
            return this;
        }

        /** Takes sentences for the user. */
        public Builder notices(Consumer<String> value) {
            notices = Objects.requireNonNull(value);
            return this;
        }

        /** The options. */
        public LaunchOptions build() {
            return new LaunchOptions(runsOn, memoryMib, machine, accelerator, systemWords, arguments, environment, timings, gdbPort, in,
                    out, inherit, qemu, List.copyOf(qemuArguments), network, disks, shares, cacheDirectory, grace, notices);
        }
    }

    private static Path defaultCacheDirectory() {
        String cache = System.getenv("XDG_CACHE_HOME");
        // The XDG base directory specification says that relative paths are to be ignored.
        Path base = cache != null && cache.startsWith("/") ? Path.of(cache) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("ristretto");
    }
}
