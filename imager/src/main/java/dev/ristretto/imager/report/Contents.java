package dev.ristretto.imager.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code dev.ristretto.imager.inside.ReportFeature} wrote down about a program: classes with the code and the objects that are in
 * the image, and why.
 *
 * @param code    machine code by class
 * @param heap    objects in the image heap by type
 * @param classes every class in the image, to the number of the reason for it, 0 if none is known
 * @param reasons by number
 */
public record Contents(Map<String, Size> code, Map<String, Size> heap, Map<String, Integer> classes, Map<Integer, Reason> reasons) {

    /** Bytes, and the number of methods or objects they belong to. */
    public record Size(long bytes, long count) {
    }

    /** Why something is in the image, and the number of the reason for that, 0 at the end of the chain. */
    public record Reason(String text, int next) {
    }

    /** Reads the file. */
    public static Contents read(Path file) throws IOException {
        Map<String, Size> code = new TreeMap<>();
        Map<String, Size> heap = new TreeMap<>();
        Map<String, Integer> classes = new TreeMap<>();
        Map<Integer, Reason> reasons = new HashMap<>();
        for (String row : Files.readAllLines(file)) {
            String[] cells = row.split("\t", -1);
            switch (cells[0]) {
                case "code" -> code.put(cells[1], new Size(Long.parseLong(cells[2]), Long.parseLong(cells[3])));
                case "heap" -> heap.put(cells[1], new Size(Long.parseLong(cells[2]), Long.parseLong(cells[3])));
                case "class" -> classes.put(cells[1], Integer.parseInt(cells[2]));
                case "why" -> reasons.put(Integer.parseInt(cells[1]), new Reason(cells[3], Integer.parseInt(cells[2])));
                default -> throw new IOException(file + ": unknown row " + cells[0]);
            }
        }
        return new Contents(code, heap, classes, reasons);
    }

    /**
     * Why a class is in the image: the nearest reason first, each followed by the reason for it.
     *
     * @return null if the class is not in the image
     */
    public List<String> why(String className) {
        Integer next = classes.get(className);
        if (next == null) {
            return null;
        }
        List<String> chain = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        // Reasons may be circular: two methods that call each other name each other.
        while (reasons.get(next) != null && seen.add(next)) {
            chain.add(reasons.get(next).text());
            next = reasons.get(next).next();
        }
        return chain;
    }

    /** Machine code by package. */
    public Map<String, Size> packages() {
        Map<String, Size> packages = new TreeMap<>();
        code.forEach((name, size) -> packages.merge(packageOf(name), size,
                (a, b) -> new Size(a.bytes() + b.bytes(), a.count() + b.count())));
        return packages;
    }

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? "(no package)" : className.substring(0, dot);
    }
}
