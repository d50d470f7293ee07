package dev.ristretto.cli;

import dev.ristretto.cli.console.Messages;
import dev.ristretto.cli.console.ProgressPrinter;
import dev.ristretto.cli.program.MavenProject;
import dev.ristretto.cli.program.Program;
import dev.ristretto.cli.program.ProgramFinder;
import dev.ristretto.imager.ImageRequest;
import dev.ristretto.imager.ImageResult;
import dev.ristretto.imager.Imager;
import dev.ristretto.imager.ImagerHome;
import dev.ristretto.imager.ImagingException;
import java.nio.file.Path;

/** Builds an image from what a user named; what {@code build} and {@code run} share. */
final class ImageBuilder {
    /** System property that names the folder with {@code builder/} and {@code platform/}. */
    static final String HOME = "ristretto.home";

    private final Messages messages;
    private final boolean verbose;

    ImageBuilder(Messages messages, boolean verbose) {
        this.messages = messages;
        this.verbose = verbose;
    }

    /**
     * The program at {@code path}, packaged if it is a Maven project.
     *
     * @param kind what {@code path} is; not an ELF file
     * @param jarDirectory where to put what is made from a jar
     */
    Program program(Path path, ProgramFinder.Kind kind, Path jarDirectory) throws CliException, InterruptedException {
        if (kind == ProgramFinder.Kind.JAR) {
            return ProgramFinder.jar(path, jarDirectory);
        }
        messages.progress("[  0%] Packaging with Maven");
        try {
            return new MavenProject(path).program(line -> {
                if (verbose) {
                    messages.plain(line);
                }
            });
        } finally {
            messages.clear();
        }
    }

    /** Builds {@code program} into {@code output}. */
    ImageResult build(Program program, BuildOptions options, Path output) throws CliException, ImagingException {
        String home = System.getProperty(HOME);
        if (home == null) {
            throw new CliException("The folder of Ristretto's own jars is not known", "Start it with the script ./ristretto.");
        }
        ImageRequest request = ImageRequest.builder().classpath(program.classpath()).mainClass(options.mainClass)
                .name(options.name != null ? options.name : program.name())
                .optimization(options.optimization()).debugInfo(options.debugInfo)
                .builderArgs(options.builderArgs).files(options.files).output(output).build();
        try {
            return new Imager(ImagerHome.of(Path.of(home))).build(request, new ProgressPrinter(messages, verbose));
        } finally {
            messages.clear();
        }
    }
}
