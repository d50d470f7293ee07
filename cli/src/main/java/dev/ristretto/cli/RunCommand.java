package dev.ristretto.cli;

import dev.ristretto.cli.console.Messages;
import dev.ristretto.cli.disk.DiskCheck;
import dev.ristretto.cli.program.Program;
import dev.ristretto.cli.program.ProgramFinder;
import dev.ristretto.imager.ImageResult;
import dev.ristretto.launcher.Accelerator;
import dev.ristretto.launcher.LaunchOptions;
import dev.ristretto.launcher.Launcher;
import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.RunningImage;
import dev.ristretto.launcher.RunsOn;
import dev.ristretto.launcher.disk.DiskFile;
import dev.ristretto.launcher.network.Connection;
import dev.ristretto.launcher.network.Forward;
import dev.ristretto.launcher.network.NetworkOptions;
import dev.ristretto.launcher.share.FolderShare;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code run}: builds if need be, starts, and ends with the program's exit code. */
@Command(name = "run", description = "Run a program; what is not an image yet is built first.", mixinStandardHelpOptions = true,
        footer = {"", "The exit code is the program's own; 134 after a panic of the image, 2 for a wrong command line,",
            "125 if the image could not be built or started."})
final class RunCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR|JAR|POM|IMAGE", description = "a Maven project's folder or pom.xml, a jar, or an image")
    Path path;

    @Parameters(index = "1..*", paramLabel = "ARG", description = "the program's arguments; those that begin with - go after --")
    List<String> arguments = new ArrayList<>();

    @Option(names = {"-m", "--memory"}, paramLabel = "SIZE", converter = MemorySize.class, defaultValue = "128",
            description = "memory of the machine in MiB, or as in 1g (default: ${DEFAULT-VALUE})")
    int memory;

    @Option(names = "--on", paramLabel = "WHAT", defaultValue = "AUTO",
            description = "what it runs on: ${COMPLETION-CANDIDATES}, a virtual machine or a sandboxed process (default: QEMU where KVM "
                    + "truly works, else a process)")
    RunsOn runsOn;

    @Option(names = "--machine", paramLabel = "MODEL",
            description = "QEMU's machine: ${COMPLETION-CANDIDATES} (default: the fastest there is)")
    Machine machine;

    @Option(names = "--accel", paramLabel = "KIND", defaultValue = "AUTO",
            description = "what runs the instructions: ${COMPLETION-CANDIDATES} (default: KVM where it truly works, else TCG)")
    Accelerator accelerator;

    @Option(names = "--net", paramLabel = "NETWORK", defaultValue = "auto",
            description = "user (outgoing connections, and forwarded ports), none, or tap=NAME (a TAP device that exists; default: user if the "
                    + "image can use a network, else none)")
    String network;

    @Option(names = {"-p", "--forward"}, paramLabel = "HOSTPORT:GUESTPORT[/udp]",
            description = "let a port of this host lead to the image, as in 8080:80 or [::1]:8080:80; may be repeated")
    List<String> forwards = new ArrayList<>();

    @Option(names = "--mac", paramLabel = "ADDRESS", description = "the network card's Ethernet address")
    String mac;

    @Option(names = "--pcap", paramLabel = "FILE", description = "write all frames of the network to this file, for Wireshark")
    Path pcap;

    @Option(names = "--disk", paramLabel = "FILE[:ro]",
            description = "a disk, which the program finds at /data (further ones at /data2 and so on); ro: for reading only; may be repeated")
    List<String> disks = new ArrayList<>();

    @Option(names = "--format", description = "make an empty file system on disks that hold none, and a file of 1 GiB for those that do not "
            + "exist; one that has a file system stays as it is")
    boolean format;

    @Option(names = "--share", paramLabel = "DIR[:/PLACE][:ro]",
            description = "a folder of this host, for development: the program finds it at /share (further ones at /share2 and so on), or at PLACE; "
                    + "ro: for reading only; may be repeated")
    List<String> shares = new ArrayList<>();

    @Option(names = "-X", paramLabel = "mx64m", converter = HeapOption.class, description = "as of the java command: -Xmx64m, -Xms16m")
    List<String> xOptions = new ArrayList<>();

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "set a system property")
    List<String> properties = new ArrayList<>();

    @Option(names = {"-e", "--env"}, paramLabel = "NAME=VALUE", description = "set an environment variable")
    Map<String, String> environment = new LinkedHashMap<>();

    @Option(names = "--system", paramLabel = "WORD", description = "another word for the system, such as ristretto.verbose")
    List<String> systemWords = new ArrayList<>();

    @Option(names = "--timings", description = "show a boot chart at the end")
    boolean timings;

    @Option(names = "--gdb", paramLabel = "[PORT]", preprocessor = PortAfterFlag.class, defaultValue = "0",
            description = "wait for gdb before the first instruction, on this port of 127.0.0.1 or on 1234")
    int gdbPort;

    @Option(names = "--qemu", paramLabel = "FILE", description = "the QEMU to use (default: qemu-system-x86_64 on the search path)")
    Path qemu;

    @Option(names = "--qemu-arg", paramLabel = "ARG", description = "a further argument for QEMU; may be repeated")
    List<String> qemuArguments = new ArrayList<>();

    @Option(names = {"-v", "--verbose"},
            description = "show what Maven and the builder say, what the image runs on, and stack traces of failures")
    boolean verbose;

    @Spec
    CommandSpec spec;

    @Mixin
    BuildOptions buildOptions;

    /** The streams are this process's own. */
    private final boolean inherit;
    private final InputStream in;
    private final OutputStream out;
    private final Messages messages;

    RunCommand(InputStream in, OutputStream out, Messages messages) {
        this.inherit = in == System.in && out == System.out;
        this.in = in;
        this.out = out;
        this.messages = messages;
    }

    @Override
    public Integer call() throws Exception {
        if (gdbPort > 65535) {
            throw new ParameterException(spec.commandLine(), "There is no port " + gdbPort);
        }
        LaunchOptions options = launchOptions();
        if (format && options.disks().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--format needs a --disk");
        }
        for (DiskFile disk : options.disks()) {
            DiskCheck.check(disk.file(), disk.readOnly(), format);
        }
        Path image = image(options.cacheDirectory());
        try (RunningImage running = new Launcher().start(image, options)) {
            if (verbose) {
                messages.say("runs on " + running.description());
            }
            int code = running.waitFor();
            if (timings) {
                messages.plain("boot chart: " + running.description() + ", " + memory + " MiB\n" + running.bootChart().render());
            }
            return code;
        }
    }

    private Path image(Path cache) throws Exception {
        ProgramFinder.Kind kind = ProgramFinder.kind(path);
        if (kind == ProgramFinder.Kind.ELF) {
            if (!buildOptions.files.isEmpty()) {
                throw new CliException(path + " is an image already, and files are sealed in when one is built",
                        "Say --files with the project or jar that it is built from.");
            }
            return path;
        }
        ImageBuilder builder = new ImageBuilder(messages, verbose);
        Program program = builder.program(path, kind, cache.resolve("run"));
        ImageResult result = builder.build(program, buildOptions, program.directory().resolve(program.name() + ".elf"));
        if (!result.wasCached()) {
            messages.plain(result.summary());
        }
        return result.elf();
    }

    private LaunchOptions launchOptions() {
        List<String> words = new ArrayList<>();
        xOptions.forEach(option -> words.add("-X" + option));
        properties.forEach(property -> words.add("-D" + property));
        words.addAll(systemWords);
        return LaunchOptions.builder().runsOn(runsOn).inherit(inherit).memoryMib(memory).machine(machine).accelerator(accelerator)
                .systemWords(words).arguments(arguments).environment(environment).timings(timings).gdbPort(gdbPort).qemu(qemu)
                .qemuArguments(qemuArguments).network(networkOptions()).disks(diskFiles()).shares(folderShares()).in(in).out(out)
                .notices(messages::say).build();
    }

    private List<DiskFile> diskFiles() {
        try {
            return disks.stream().map(DiskFile::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private List<FolderShare> folderShares() {
        try {
            return FolderShare.parse(shares);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private NetworkOptions networkOptions() {
        try {
            return new NetworkOptions(Connection.parse(network), forwards.stream().map(Forward::parse).toList(), mac, pcap);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
