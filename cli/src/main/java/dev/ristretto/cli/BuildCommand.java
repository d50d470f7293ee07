package dev.ristretto.cli;

import dev.ristretto.cli.console.Messages;
import dev.ristretto.cli.program.Program;
import dev.ristretto.cli.program.ProgramFinder;
import dev.ristretto.imager.ImageResult;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code build}: writes an image and says what is in it. */
@Command(name = "build", description = "Build a bootable image from a Maven project or a jar.", mixinStandardHelpOptions = true)
final class BuildCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR|JAR|POM", description = "a Maven project's folder or pom.xml, or a jar")
    Path path;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "the image to write; default: NAME.elf in the current folder")
    Path output;

    @Option(names = "--report", description = "also write the full report on what is in the image, and why, to FILE.report.txt")
    boolean report;

    @Option(names = "--why", paramLabel = "CLASS", description = "also say why this class is in the image; may be repeated")
    List<String> why = new ArrayList<>();

    @Option(names = {"-v", "--verbose"}, description = "show what Maven and the builder say, and stack traces of failures")
    boolean verbose;

    @Mixin
    BuildOptions options;

    private final PrintStream out;
    private final Messages messages;

    BuildCommand(PrintStream out, Messages messages) {
        this.out = out;
        this.messages = messages;
    }

    @Override
    public Integer call() throws Exception {
        ProgramFinder.Kind kind = ProgramFinder.kind(path);
        if (kind == ProgramFinder.Kind.ELF) {
            throw new CliException(path + " is an image already", "Start it with 'ristretto run', look into it with 'ristretto inspect'.");
        }
        ImageBuilder builder = new ImageBuilder(messages, verbose);
        Program program = builder.program(path, kind, Path.of(""));
        String name = options.name != null ? options.name : program.name();
        Path target = output != null ? output : Path.of(name + ".elf");
        if (Files.isDirectory(target)) {
            throw new CliException(target + " is a folder", "Say --output with the name of the file to write.");
        }
        ImageResult result = builder.build(program, options, target);
        out.print(result.summary().endsWith("\n") ? result.summary() : result.summary() + "\n");
        out.println(target + (result.wasCached() ? " (nothing to build: no change since it was built)" : ""));
        if (report) {
            Path copy = target.resolveSibling(target.getFileName() + ".report.txt");
            try {
                Files.copy(result.report(), copy, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new CliException("Cannot write " + copy + ": " + e.getMessage(), "", e);
            }
            out.println(copy);
        }
        for (String className : why) {
            out.print(explanation(result, className));
        }
        out.flush();
        return ExitCodes.OK;
    }

    private static String explanation(ImageResult result, String className) throws CliException {
        try {
            String text = result.why(className);
            return text.endsWith("\n") ? text : text + "\n";
        } catch (IOException e) {
            throw new CliException("Cannot read what the build noted: " + e.getMessage(),
                    "Change something in the program and build again.", e);
        }
    }
}
