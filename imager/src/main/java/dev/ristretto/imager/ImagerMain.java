package dev.ristretto.imager;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The imager by itself, for those who work on it; users have {@code ristretto build}.
 *
 * <pre>
 * java -cp ... dev.ristretto.imager.ImagerMain -cp CLASSPATH [-m MAIN] -o FILE [--builder DIR] [--platform CLASSPATH] [-g] [-v] [-Ob|s|2|3] [ARG...]
 * </pre>
 * Arguments not listed go to the builder. Without {@code --builder} and {@code --platform}, {@code -Dristretto.home=} names their folder.
 */
public final class ImagerMain {
    private ImagerMain() {
    }

    /** Builds one image; exits with 1 and a message if that cannot be done. */
    public static void main(String[] args) {
        try {
            build(args);
        } catch (ImagingException e) {
            System.err.println("error: " + e.getMessage());
            if (e.hint() != null) {
                System.err.println(e.hint());
            }
            System.exit(1);
        }
    }

    private static void build(String[] args) throws ImagingException {
        ImageRequest.Builder request = ImageRequest.builder().output(Path.of("image.elf"));
        List<String> builderArgs = new ArrayList<>();
        Path builder = null;
        List<Path> platform = null;
        boolean verbose = false;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "-cp" -> request.classpath(paths(args[++i]));
                case "-m" -> request.mainClass(args[++i]);
                case "-o" -> request.output(Path.of(args[++i]));
                case "--builder" -> builder = Path.of(args[++i]);
                case "--platform" -> platform = paths(args[++i]);
                case "--features" -> request.builderFeatures(List.of(args[++i].split(",")));
                case "-g" -> request.debugInfo(true);
                case "-v" -> verbose = true;
                case "-Ob" -> request.optimization(Optimization.QUICK);
                case "-Os" -> request.optimization(Optimization.SMALL);
                case "-O2" -> request.optimization(Optimization.BALANCED);
                case "-O3" -> request.optimization(Optimization.FAST);
                default -> builderArgs.add(args[i]);
            }
        }
        ImagerHome home = builder != null ? new ImagerHome(builder, platform == null ? List.of() : platform)
                : ImagerHome.of(Path.of(System.getProperty("ristretto.home", ".")));
        ImageResult result = new Imager(home).build(request.builderArgs(builderArgs).build(), new Printer(verbose));
        System.out.print(result.summary());
        System.out.println(result.elf() + (result.wasCached() ? " (nothing changed since it was built)" : ""));
    }

    private static List<Path> paths(String classPath) {
        return List.of(classPath.split(File.pathSeparator)).stream().map(Path::of).toList();
    }

    /** Prints a line when a stage begins, or all that the builder prints. */
    private static final class Printer implements ProgressListener {
        private final boolean verbose;
        private String stage = "";

        Printer(boolean verbose) {
            this.verbose = verbose;
        }

        @Override
        public void progress(Progress progress) {
            if (!verbose && !progress.stage().equals(stage)) {
                stage = progress.stage();
                String left = progress.left() == null ? "" : ", " + progress.left().toSeconds() + " s left";
                System.out.println(progress.percent() + " % " + stage + left);
            }
        }

        @Override
        public void builderOutput(String line) {
            if (verbose) {
                System.out.println(line);
            }
        }

        @Override
        public void warning(String message) {
            System.out.println("warning: " + message);
        }
    }
}
