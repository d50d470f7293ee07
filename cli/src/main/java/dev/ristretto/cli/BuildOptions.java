package dev.ristretto.cli;

import dev.ristretto.imager.Optimization;
import dev.ristretto.imager.files.SealedFiles;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that builds. */
final class BuildOptions {
    /** The compiler's aims under the names users say. */
    enum Aim {
        QUICK(Optimization.QUICK), SIZE(Optimization.SMALL), BALANCED(Optimization.BALANCED), SPEED(Optimization.FAST);

        private final Optimization optimization;

        Aim(Optimization optimization) {
            this.optimization = optimization;
        }
    }

    @Option(names = "--main", paramLabel = "CLASS", description = "main class; default: what the jar's manifest says, or the only class with a main method")
    String mainClass;

    @Option(names = "--name", paramLabel = "NAME", description = "name of the image; default: the jar's")
    String name;

    @Option(names = "--quick", description = "build as fast as possible; the image is larger and slower")
    boolean quick;

    @Option(names = "--optimize", paramLabel = "AIM", defaultValue = "BALANCED",
            description = "what to optimize for: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    Aim aim;

    @Option(names = "-g", description = "put debug information (DWARF) into the image")
    boolean debugInfo;

    @Option(names = "--files", paramLabel = "DIR|ZIP[:/PLACE][:stored]", converter = FilesOption.class,
            description = "seal the files of a folder, jar or zip file into the image, where the program finds them at /PLACE (default: its "
                    + "name), read-only; stored: do not compress them; may be repeated")
    List<SealedFiles> files = new ArrayList<>();

    @Option(names = "--builder-arg", paramLabel = "ARG", description = "an argument for the native-image builder; may be repeated")
    List<String> builderArgs = new ArrayList<>();

    Optimization optimization() {
        return quick ? Optimization.QUICK : aim.optimization;
    }
}
