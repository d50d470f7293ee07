package dev.ristretto.bench;

import dev.ristretto.launcher.LaunchException;
import dev.ristretto.launcher.image.ImageFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;

/** What takes up how much of the file. */
final class ImageSize {
    private static final int NOBITS = 8;

    private ImageSize() { }

    static void print(Path image) throws LaunchException {
        ImageFile file = ImageFile.read(image);
        System.out.printf(Locale.ROOT, "%nImage: %,d bytes%n", file.size());
        file.sections().stream().filter(section -> section.type() != NOBITS && section.size() > 0)
                .sorted(Comparator.comparingLong(ImageFile.Section::size).reversed())
                .forEach(section -> System.out.printf(Locale.ROOT, "  %-20s %,12d%n", section.name(), section.size()));
    }
}
