package dev.ristretto.cli;

import dev.ristretto.imager.files.SealedSection;
import dev.ristretto.launcher.image.ImageFile;
import dev.ristretto.launcher.image.ImageManifest;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code inspect}: shows what an image says about itself and what it is made of. */
@Command(name = "inspect", description = "Show an image's manifest, segments, sections and sealed files.", mixinStandardHelpOptions = true)
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
        for (ImageFile.Section section : file.sections()) {
            if (section.name().equals(SealedSection.NAME)) {
                sealedFiles(section);
            }
        }
        return ExitCodes.OK;
    }

    /** Reads and compares all of them: the only part of an image that says whether it is whole. */
    private void sealedFiles(ImageFile.Section section) throws Exception {
        try (FileChannel channel = FileChannel.open(image)) {
            if (section.offset() < 0 || section.size() < 0 || section.size() > channel.size() - section.offset()) {
                throw new CliException("The sealed files of " + image + " are cut off", "Get it again, or build it again.");
            }
            out.println("sealed files");
            for (SealedSection.Tree tree : SealedSection.trees(channel.map(FileChannel.MapMode.READ_ONLY, section.offset(), section.size()))) {
                out.printf(Locale.ROOT, "  %s: %,d bytes in %,d files, %,d directories, %,d links; %,d in the image%n", tree.mountPoint(), tree.bytes(),
                        tree.files(), tree.directories(), tree.links(), tree.length());
            }
            out.flush();
        }
    }

    private static String rights(int flags) {
        return ((flags & 4) != 0 ? "r" : "-") + ((flags & 2) != 0 ? "w" : "-") + ((flags & 1) != 0 ? "x" : "-");
    }
}
