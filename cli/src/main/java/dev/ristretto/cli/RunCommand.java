package dev.ristretto.cli;

import dev.ristretto.cli.console.Messages;
import dev.ristretto.cli.program.Program;
import dev.ristretto.cli.program.ProgramFinder;
import dev.ristretto.imager.ImageResult;
import dev.ristretto.launcher.Accelerator;
import dev.ristretto.launcher.LaunchOptions;
import dev.ristretto.launcher.Launcher;
import dev.ristretto.launcher.Machine;
import dev.ristretto.launcher.PublishedPort;
import dev.ristretto.launcher.RunningImage;
import dev.ristretto.launcher.RunsOn;
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

    @Option(names = "-X", paramLabel = "mx64m", description = "as of the java command: -Xmx64m, -Xms16m")
    List<String> xOptions = new ArrayList<>();

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "set a system property")
    List<String> properties = new ArrayList<>();

    @Option(names = {"-e", "--env"}, paramLabel = "NAME=VALUE", description = "set an environment variable")
    Map<String, String> environment = new LinkedHashMap<>();

    @Option(names = "--system", paramLabel = "WORD", description = "another word for the system, such as ristretto.verbose")
    List<String> systemWords = new ArrayList<>();

    @Option(names = {"-p", "--publish"}, paramLabel = "PORT[:PORT]",
            description = "give the image a network card, and connect this port of this host to that of the image: 8080:80, 0.0.0.0:8080:80 for "
                    + "all of this host's addresses, 5353:53/udp; may be repeated")
    List<String> ports = new ArrayList<>();

    @Option(names = "--net", description = "give the image a network card, so that it can connect to others")
    boolean network;

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

    private List<PublishedPort> publishedPorts() {
        try {
            return ports.stream().map(PublishedPort::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "-p: " + e.getMessage());
        }
    }

    private LaunchOptions launchOptions() {
        List<String> words = new ArrayList<>();
        xOptions.forEach(option -> words.add("-X" + option));
        properties.forEach(property -> words.add("-D" + property));
        words.addAll(systemWords);
        return LaunchOptions.builder().runsOn(runsOn).inherit(inherit).memoryMib(memory).machine(machine).accelerator(accelerator)
                .systemWords(words).arguments(arguments).environment(environment).timings(timings).gdbPort(gdbPort).qemu(qemu)
                .qemuArguments(qemuArguments).userNetwork(network).ports(publishedPorts()).in(in).out(out)
                .notices(messages::say).build();
    }
}
