package dev.ristretto.imager.builder;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * What one run of the native-image builder is asked for.
 *
 * @param classPath         what is compiled: the program, the platform and the classes of {@code features}, in class path order
 * @param mainClass         binary name of the class whose {@code main} is the program
 * @param name              of the image; the object is called after it
 * @param platformClass     binary name of the {@code org.graalvm.nativeimage.Platform} to compile for
 * @param features          binary names of {@code org.graalvm.nativeimage.hosted.Feature}s to run besides those that the builder finds
 * @param buildTimePackages packages, with all below them, whose classes are initialized by the builder
 * @param optimization      the value of the builder's {@code -H:Optimize}: b, s, 1, 2 or 3
 * @param debugInfo         true to have DWARF sections in the object
 * @param buildId           stands for the image in everything that would otherwise be random; equal inputs have equal ids
 * @param extraArguments    passed to the builder as they are, after all others
 * @param jvmArguments      passed to the builder's JVM as they are
 * @param workDirectory     exists, belongs to this run alone, and keeps the object
 * @param log               the file for all that the builder prints
 */
public record BuilderRequest(List<Path> classPath, String mainClass, String name, String platformClass, List<String> features,
                             List<String> buildTimePackages, String optimization, boolean debugInfo, UUID buildId,
                             List<String> extraArguments, List<String> jvmArguments, Path workDirectory,
                             Path log) {
    public BuilderRequest {
        classPath = List.copyOf(classPath);
        features = List.copyOf(features);
        buildTimePackages = List.copyOf(buildTimePackages);
        extraArguments = List.copyOf(extraArguments);
        jvmArguments = List.copyOf(jvmArguments);
    }
}
