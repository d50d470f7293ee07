package dev.ristretto.imager.builder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Options of the {@code native-image} command, as users and {@code native-image.properties} write them, in the form that the builder
 * takes. The command itself, which is not published as a library, does this from {@code @APIOption} annotations in the builder.
 *
 * <p>Collects; not for use by several threads.
 */
public final class BuilderOptions {
    /** With a value, which goes to the builder's option of that name as it is. */
    private static final Map<String, String> WITH_VALUE = Map.ofEntries(
            Map.entry("--features", "Features"),
            Map.entry("--link-at-build-time", "LinkAtBuildTime"),
            Map.entry("--link-at-build-time-paths", "LinkAtBuildTimePaths"),
            Map.entry("--enable-url-protocols", "EnableURLProtocols"),
            Map.entry("--trace-object-instantiation", "TraceObjectInstantiation"),
            Map.entry("--trace-class-initialization", "TraceClassInitialization"),
            Map.entry("--future-defaults", "FutureDefaults"),
            Map.entry("--enable-monitoring", "EnableMonitoringFeatures"),
            Map.entry("--exact-reachability-metadata", "ThrowMissingRegistrationErrors"),
            Map.entry("--exact-reachability-metadata-path", "ThrowMissingRegistrationErrorsPaths"),
            Map.entry("--add-exports", "AddExports"),
            Map.entry("--add-opens", "AddOpens"),
            Map.entry("--add-reads", "AddReads"),
            Map.entry("--enable-native-access", "EnableNativeAccess"),
            Map.entry("--parallelism", "NumberOfThreads"),
            Map.entry("-march", "MicroArchitecture"));
    /** Opens modules in the builder's own JVM too, where the program's classes are initialized. */
    private static final Set<String> FOR_JVM_TOO = Set.of("--add-exports", "--add-opens", "--add-reads", "--enable-native-access");
    private static final Map<String, String> BUILD_OR_RUN_TIME = Map.of(
            "--initialize-at-build-time", "build_time",
            "--initialize-at-run-time", "run_time",
            "--delay-class-initialization-to-runtime", "run_time",
            "--rerun-class-initialization-at-runtime", "run_time");
    private static final Map<String, String> FIXED = Map.of(
            "--enable-http", "-H:EnableURLProtocols=http",
            "--enable-https", "-H:EnableURLProtocols=https",
            "--enable-all-security-services", "-H:+EnableAllSecurityServices",
            "-esa", "-H:+RuntimeSystemAssertions",
            "--gc=serial", "-H:+UseSerialGC");
    /** About the command itself, without function any more, or what images are anyway. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("--no-fallback", "--auto-fallback", "--report-unsupported-elements-at-runtime",
            "--allow-incomplete-classpath", "--strict-image-heap", "--install-exit-handlers", "--configure-reflection-metadata", "--verbose",
            "--silent", "--no-server", "--static", "--static-nolibc", "--no-color", "-g");

    private final List<String> builder = new ArrayList<>();
    private final List<String> jvm = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /** Arguments for the builder. */
    public List<String> builder() {
        return builder;
    }

    /** Arguments for the builder's JVM. */
    public List<String> jvm() {
        return jvm;
    }

    /** Options that are none, or that mean nothing for images. */
    public List<String> unknown() {
        return unknown;
    }

    /** Adds options in the {@code native-image} command's form, one word each. */
    public BuilderOptions add(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean valueFollows = FOR_JVM_TOO.contains(word) && i + 1 < words.size();
            if (valueFollows) {
                i++;
                add(word + "=" + words.get(i));
            } else if (word.equals("--exclude-config")) {
                // Jar and resource pattern: what it would keep out is seen to by the class path's own metadata.
                unknown.add(String.join(" ", words.subList(i, Math.min(i + 3, words.size()))));
                i += 2;
            } else {
                add(word);
            }
        }
        return this;
    }

    private void add(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = equals < 0 ? "" : word.substring(equals + 1);
        if (word.startsWith("-H:") || word.startsWith("-R:")) {
            builder.add(word);
        } else if (word.startsWith("-D")) {
            jvm.add(word);
        } else if (word.startsWith("-J")) {
            jvm.add(word.substring(2));
        } else if (word.startsWith("-O") && word.length() == 3) {
            builder.add("-H:Optimize=" + word.charAt(2));
        } else if (FIXED.containsKey(word)) {
            builder.add(FIXED.get(word));
        } else if (BUILD_OR_RUN_TIME.containsKey(name)) {
            String when = ":" + BUILD_OR_RUN_TIME.get(name);
            builder.add("-H:ClassInitialization=" + Stream.of(value.split(",")).map(element -> element + when)
                    .collect(Collectors.joining(",")));
        } else if (WITH_VALUE.containsKey(name)) {
            builder.add("-H:" + WITH_VALUE.get(name) + "=" + value);
            if (FOR_JVM_TOO.contains(name)) {
                jvm.add(word);
            }
        } else if (name.equals("-ea") || name.startsWith("-ea:")) {
            builder.add("-H:RuntimeAssertions=" + (name.length() > 4 ? name.substring(4) : ""));
        } else if (name.equals("--enable-preview")) {
            jvm.add(name);
        } else if (!WITHOUT_EFFECT.contains(name)) {
            unknown.add(word);
        }
    }
}
