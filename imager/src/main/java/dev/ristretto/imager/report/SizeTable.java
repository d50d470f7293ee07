package dev.ristretto.imager.report;

import dev.ristretto.imager.link.LinkedImage;

/** What takes up how much room in an image: one row per section. */
public final class SizeTable {
    private SizeTable() {
    }

    /** The table, lines of at most 80 characters. */
    public static String of(LinkedImage image) {
        StringBuilder table = new StringBuilder();
        table.append(String.format("%-24s %-4s %12s %12s%n", "part", "may", "in the file", "in memory"));
        for (LinkedImage.Part part : image.parts()) {
            table.append(String.format("%-24s %-4s %12s %12s%n", part.name(), part.access(), size(part.fileSize()), size(part.memorySize())));
        }
        table.append(String.format("%-24s %-4s %12s %12s%n", "all", "", size(image.bytes().length), size(image.end() - image.begin())));
        return table.toString();
    }

    static String size(long bytes) {
        return bytes < 10 << 10 ? bytes + " B" : bytes < 10L << 20 ? String.format("%d KiB", bytes >> 10)
                : String.format("%.1f MiB", bytes / (double) (1 << 20));
    }
}
