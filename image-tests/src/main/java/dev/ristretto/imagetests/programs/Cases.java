package dev.ristretto.imagetests.programs;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * Says what became of small pieces of code, one line each, so that two systems can be compared: the result, or the exception with its
 * message. The folder that each gets is called DIR in it, and long numbers, which are random, N.
 */
final class Cases {
    private static final int LONG_NUMBER = 12;

    private final Path folder;
    private final PrintStream out;

    Cases(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    /** A piece of code; it gets an empty folder of its own, and its result is shown. */
    interface Case {
        Object run(Path dir) throws Exception;
    }

    /** A piece of code that is to fail, so that its exception is the result. */
    interface Failing {
        void run() throws Exception;
    }

    /** Runs a case. */
    void of(String name, Case code) throws IOException {
        Path dir = Files.createDirectory(folder.resolve("case"));
        String said;
        try {
            said = show(code.run(dir));
        } catch (Exception | LinkageError | StackOverflowError e) {
            said = failure(e);
        }
        out.println("case " + name + ": " + shorten(said.replace(dir.toString(), "DIR").replace(folder.toString(), "PARENT").replace("\n", "\\n")));
        remove(dir);
    }

    /** What a piece of code fails of, for cases with several. */
    static String failureOf(Failing code) {
        try {
            code.run();
            return "no failure";
        } catch (Exception | LinkageError e) {
            return failure(e);
        }
    }

    /** The same without what stands before the last colon, such as a long path. */
    static String reasonOf(Failing code) {
        String said = failureOf(code);
        return said.substring(said.lastIndexOf(':') + 1);
    }

    /** Writes a small file. */
    static Path file(Path dir, String name, String content) throws IOException {
        return Files.writeString(dir.resolve(name), content);
    }

    private static String failure(Throwable e) {
        String said = e.getClass().getName() + ": " + e.getMessage();
        return e.getCause() == null ? said : said + " because of " + failure(e.getCause());
    }

    private static String show(Object result) {
        return switch (result) {
            case null -> "null";
            case byte[] bytes -> bytes.length > 40 ? bytes.length + " bytes, hash " + Arrays.hashCode(bytes)
                    : "'" + new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "\\0") + "'";
            case Object[] several -> {
                StringBuilder all = new StringBuilder();
                for (Object one : several) {
                    all.append(all.isEmpty() ? "" : " | ").append(show(one));
                }
                yield all.toString();
            }
            default -> result.toString().replace("\0", "\\0");
        };
    }

    private static String shorten(String said) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < said.length();) {
            int end = i;
            while (end < said.length() && said.charAt(end) >= '0' && said.charAt(end) <= '9') {
                end++;
            }
            if (end - i > LONG_NUMBER) {
                text.append('N');
                i = end;
            } else {
                text.append(said, i, Math.max(end, i + 1));
                i = Math.max(end, i + 1);
            }
        }
        return text.toString();
    }

    private static void remove(Path dir) throws IOException {
        Files.walkFileTree(dir, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
