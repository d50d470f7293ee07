package dev.ristretto.imager.report;

import dev.ristretto.imager.link.LinkedImage;

/** What takes up how much room in an image: one row per section. */
final class SizeTable {
    private SizeTable() {
    }

    /** The table, lines of at most 80 characters. */
    static String of(LinkedImage image) {
        StringBuilder table = new StringBuilder();
        table.append(String.format("%-24s %-4s %12s %12s%n", "part", "may", "in the file", "in memory"));
        for (LinkedImage.Part part : image.parts()) {
            table.append(String.format("%-24s %-4s %12s %12s%n", part.name(), part.access(), ImageReport.size(part.fileSize()), ImageReport.size(part.memorySize())));
        }
        table.append(String.format("%-24s %-4s %12s %12s%n", "all", "", ImageReport.size(image.bytes().length), ImageReport.size(image.end() - image.begin())));
        return table.toString();
    }
}
