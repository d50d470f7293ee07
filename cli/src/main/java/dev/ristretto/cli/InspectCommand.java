package dev.ristretto.cli;

import dev.ristretto.launcher.image.ImageFile;
import dev.ristretto.launcher.image.ImageManifest;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code inspect}: shows what an image says about itself and what it is made of. */
@Command(name = "inspect", description = "Show an image's manifest, segments and sections.", mixinStandardHelpOptions = true)
final class InspectCommand implements Callable<Integer> {
    private static final int LOADABLE = 1;

    @Parameters(paramLabel = "IMAGE", description = "an image file")
    Path image;

    private final PrintStream out;

    InspectCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        ImageFile file = ImageFile.read(image);
        out.printf("%s: %,d bytes, PVH entry %s%n", image, file.size(),
                file.pvhEntry().map(entry -> "at 0x" + Long.toHexString(entry)).orElse("missing"));
        Optional<ImageManifest> manifest = file.manifest();
        out.println(manifest.isPresent() ? "manifest" : "no manifest");
        manifest.ifPresent(found -> found.values().forEach((key, value) -> out.printf("  %-16s %s%n", key, value)));
        out.printf("segments%n  %-18s %12s %12s  %s%n", "address", "in file", "in memory", "rights");
        for (ImageFile.Segment segment : file.segments()) {
            if (segment.type() == LOADABLE) {
                out.printf("  0x%016x %,12d %,12d  %s%n", segment.address(), segment.fileSize(), segment.memorySize(),
                        rights(segment.flags()));
            }
        }
        out.println(file.sections().isEmpty() ? "no sections" : "sections");
        for (ImageFile.Section section : file.sections()) {
            if (!section.name().isEmpty()) {
                out.printf(Locale.ROOT, "  0x%016x %,12d  %s%n", section.address(), section.size(), section.name());
            }
        }
        out.flush();
        return ExitCodes.OK;
    }

    private static String rights(int flags) {
        return ((flags & 4) != 0 ? "r" : "-") + ((flags & 2) != 0 ? "w" : "-") + ((flags & 1) != 0 ? "x" : "-");
    }
}
