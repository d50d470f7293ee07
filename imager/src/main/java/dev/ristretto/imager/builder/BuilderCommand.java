package dev.ristretto.imager.builder;

import dev.ristretto.imager.ImagingException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Forms the command line of the builder's JVM. */
final class BuilderCommand {
    private static final String MAIN = "org.graalvm.nativeimage.builder/com.oracle.svm.hosted.NativeImageGeneratorRunner";

    /** The processors that images run on unless {@code -march} says otherwise. */
    private static final String DEFAULT_MICRO_ARCHITECTURE = "x86-64-v3";
    /**
     * What those processors have besides: the level does not name it, and without it AES and its GCM mode, so TLS, are done in plain Java. The boot code looks
     * for both.
     */
    private static final String DEFAULT_FEATURES = "AES,CLMUL";
    private static final String ARCHITECTURE_OPTION = "-H:MicroArchitecture=";

    /**
     * The builder works in tasks of the common pool, and the thread that waits for them helps. Without any other thread the tasks run in
     * the order in which they were made, and objects get their identity hash codes, which are part of the image, in the same order each
     * time. Identical builds need that, and that nothing else is drawn by lot: see {@link RepeatableJvm} and the builder's features.
     */
    static final String ONE_THREAD = "-Djava.util.concurrent.ForkJoinPool.common.parallelism=0";
    /** What the program's classes find when the builder initializes them; the builder itself would use no more. */
    private static final String PROCESSORS = "-XX:ActiveProcessorCount=2";
    /** Whoever sets it prefers speed to identical images. */
    private static final String THREADS_OPTION = "-H:NumberOfThreads=";

    private final BuilderJars jars;
    private final BuilderRequest request;

    BuilderCommand(BuilderJars jars, BuilderRequest request) {
        this.jars = jars;
        this.request = request;
    }

    /** The command; what is too long for a command line is in files of the work directory. */
    List<String> words() throws IOException, ImagingException {
        Path jvmArguments = request.workDirectory().resolve("jvm.args");
        List<String> lines = new ArrayList<>();
        jvmArguments().forEach(argument -> lines.add(quoted(argument)));
        Files.write(jvmArguments, lines);
        // The builder's own form of an argument file: no quoting, a zero after each argument.
        Path builderArguments = request.workDirectory().resolve("builder.args");
        Files.writeString(builderArguments, String.join("\0", builderArguments()));
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + jvmArguments,
                "--module", MAIN, "--image-args-file=" + builderArguments);
    }

    private List<String> jvmArguments() throws IOException, ImagingException {
        List<String> arguments = new ArrayList<>(List.of(
                "-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI", "-XX:-UseJVMCICompiler",
                // As the native-image command does: throughput counts, and half of memory is left to others.
                "-XX:+UseParallelGC", "-XX:MaxRAMPercentage=50", "-Xss10m",
                "-Djava.awt.headless=true",
                "-Djava.system.class.loader=com.oracle.svm.hosted.NativeImageSystemClassLoader",
                "-Dorg.graalvm.nativeimage.imagecode=buildtime",
                "-Dcom.oracle.graalvm.isaot=true",
                "-Dorg.graalvm.nativeimage.kind=executable",
                "-Djdk.internal.lambda.disableEagerInitialization=true",
                "-Dsubstratevm.IgnoreGraalVersionCheck=true",
                "-Dorg.graalvm.version=" + jars.version(),
                "-Dorg.graalvm.config=CE",
                "-Dorg.graalvm.vendor=Ristretto",
                "-Dorg.graalvm.vendorurl=https://www.graalvm.org/",
                "-Dorg.graalvm.vendorversion=GraalVM CE " + jars.version(),
                "-Dsvm.platform=" + request.platformClass(),
                // What the builder takes over into the image must not depend on whose machine it runs on.
                "-Duser.language=en", "-Duser.country=US", "-Duser.timezone=UTC", "-Dfile.encoding=UTF-8",
                "-Duser.name=ristretto", "-Duser.home=/", "-Duser.dir=/"));
        arguments.add("--upgrade-module-path=" + jars.compiler());
        arguments.add("--module-path=" + joined(jars.others()));
        arguments.add("--add-modules=ALL-DEFAULT,org.graalvm.nativeimage.builder");
        arguments.add(ProgressReporterPatch.install(request.workDirectory().resolve("patch")));
        arguments.addAll(RepeatableJvm.install(request.workDirectory().resolve("repeatable")));
        arguments.addAll(ModuleAccess.arguments(jars.modules()));
        if (request.extraArguments().stream().noneMatch(argument -> argument.startsWith(THREADS_OPTION))) {
            arguments.addAll(List.of(ONE_THREAD, PROCESSORS));
        }
        arguments.addAll(request.jvmArguments());
        return arguments;
    }

    private List<String> builderArguments() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-imagecp", joined(request.classPath()),
                "-H:+UnlockExperimentalVMOptions",
                "-H:Path=" + request.workDirectory(),
                "-H:TempDirectory=" + request.workDirectory().resolve("object"),
                "-H:Name=" + request.name(),
                "-H:Class=" + request.mainClass(),
                "-H:ImageBuildID=" + request.buildId(),
                "-H:Optimize=" + request.optimization(),
                "-H:+ExitAfterRelocatableImageWrite",
                // Images have 4 KiB pages; the default leaves room for 64 KiB ones.
                "-H:PageSize=4096",
                "-H:FallbackThreshold=0"));
        if (request.extraArguments().stream().noneMatch(argument -> argument.startsWith(ARCHITECTURE_OPTION))) {
            // The builder's default, unless its own machine is older.
            arguments.addAll(List.of(ARCHITECTURE_OPTION + DEFAULT_MICRO_ARCHITECTURE, "-H:CPUFeatures=" + DEFAULT_FEATURES));
        }
        arguments.addAll(CAnnotationCache.install(request.workDirectory().resolve("c")));
        if (!request.features().isEmpty()) {
            arguments.add("-H:Features=" + String.join(",", request.features()));
        }
        if (!request.buildTimePackages().isEmpty()) {
            arguments.add("-H:ClassInitialization=" + request.buildTimePackages().stream()
                    .map(name -> name + ":build_time").collect(Collectors.joining(",")));
        }
        if (request.debugInfo()) {
            arguments.add("-H:GenerateDebugInfo=2");
            // Otherwise the builder runs objcopy to move the sections to a file of their own.
            arguments.add("-H:-StripDebugInfo");
        }
        arguments.addAll(request.extraArguments());
        return arguments;
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** For the java command's argument files: white space, quotes and backslashes are special outside and inside of quotes. */
    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
