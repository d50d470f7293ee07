package dev.ristretto.imager.report;

import dev.ristretto.imager.link.LinkedImage;
import dev.ristretto.imager.link.Linker;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says in words and tables what is in an image: shortly for the end of a build, or all of it. */
public final class ImageReport {
    private static final int LARGEST = 10;
    private static final int EVERYTHING = Integer.MAX_VALUE;

    private final LinkedImage image;
    private final Contents contents;

    /** A report on an image and the program in it. */
    public ImageReport(LinkedImage image, Contents contents) {
        this.image = image;
        this.contents = contents;
    }

    /** Some twenty lines of at most 80 characters. */
    public String summary() {
        long code = 0;
        long heap = 0;
        long files = 0;
        long other = 0;
        for (LinkedImage.Part part : image.parts()) {
            if (part.name().endsWith(".text")) {
                code += part.fileSize();
            } else if (part.name().equals(".svm_heap")) {
                heap += part.fileSize();
            } else if (part.name().equals(Linker.FILES_SECTION)) {
                files += part.fileSize();
            } else {
                other += part.fileSize();
            }
        }
        StringBuilder text = new StringBuilder();
        row(text, code, "code: " + contents.code().values().stream().mapToLong(Contents.Size::count).sum() + " methods of "
                + contents.code().size() + " classes");
        row(text, heap, "heap: " + contents.heap().values().stream().mapToLong(Contents.Size::count).sum() + " objects");
        if (files > 0) {
            row(text, files, "sealed files");
        }
        row(text, other, "other data");
        row(text, image.bytes().length, "the file; in memory " + size(image.end() - image.begin()).strip());
        text.append("Code by package:").append(System.lineSeparator());
        largest(text, contents.packages(), LARGEST, "methods");
        return text.toString();
    }

    /** Everything: some thousand lines. */
    public String full() {
        StringBuilder text = new StringBuilder(summary());
        heading(text, "Sections");
        text.append(SizeTable.of(image));
        heading(text, "Code by package");
        largest(text, contents.packages(), EVERYTHING, "methods");
        heading(text, "Code by class");
        largest(text, contents.code(), EVERYTHING, "methods");
        heading(text, "Objects in the image heap by class");
        largest(text, contents.heap(), EVERYTHING, "objects");
        heading(text, "Why each class is in the image: the nearest reason first");
        for (String name : contents.classes().keySet()) {
            text.append(why(name));
        }
        return text.toString();
    }

    /** A class and its reasons, one a line; says so if the class is not in the image. */
    public String why(String className) {
        return why(contents, className);
    }

    /** The same for a program whose image is not at hand. */
    public static String why(Contents contents, String className) {
        List<String> chain = contents.why(className);
        StringBuilder text = new StringBuilder(className);
        if (chain == null) {
            text.append(" is not in the image");
        } else if (chain.isEmpty()) {
            text.append(" is part of the builder's run-time code");
        }
        text.append(System.lineSeparator());
        for (String reason : chain == null ? List.<String>of() : chain) {
            text.append("    ").append(reason).append(System.lineSeparator());
        }
        return text.toString();
    }

    private static void heading(StringBuilder text, String heading) {
        text.append(System.lineSeparator()).append("== ").append(heading).append(System.lineSeparator());
    }

    private static void largest(StringBuilder text, Map<String, Contents.Size> sizes, int limit, String what) {
        List<Map.Entry<String, Contents.Size>> sorted = sizes.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, Contents.Size> entry) -> -entry.getValue().bytes())
                        .thenComparing(Map.Entry::getKey)).toList();
        for (Map.Entry<String, Contents.Size> entry : sorted.subList(0, Math.min(limit, sorted.size()))) {
            row(text, entry.getValue().bytes(), entry.getKey() + " (" + entry.getValue().count() + " " + what + ")");
        }
        if (sorted.size() > limit) {
            long rest = sorted.subList(limit, sorted.size()).stream().mapToLong(entry -> entry.getValue().bytes()).sum();
            row(text, rest, (sorted.size() - limit) + " more");
        }
    }

    private static void row(StringBuilder text, long bytes, String what) {
        text.append(String.format("%10s  %s%n", size(bytes), what));
    }

    static String size(long bytes) {
        if (bytes < 10 << 10) {
            return bytes + " B  ";
        }
        return bytes < 10L << 20 ? (bytes >> 10) + " KiB" : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }
}
