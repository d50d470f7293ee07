package dev.ristretto.imager.builder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The answers that a C compiler would give about the C structures and constants in the builder's own code.
 *
 * <p>The builder reads them from files ({@code com.oracle.svm.hosted.c.CAnnotationProcessorCache}), one per class of C directives.
 */
final class CAnnotationCache {
    private static final List<String> DIRECTIVES = List.of("AMD64LibCHelperDirectives", "AArch64LibCHelperDirectives",
            "RISCV64LibCHelperDirectives", "LocaleDirectives", "JNIHeaderDirectives", "BuiltinDirectives");
    /** Headers that the builder wants to see there, although it has no use for their contents once the answers are known. */
    private static final List<String> HEADERS = List.of("include/amd64cpufeatures.h", "include/aarch64cpufeatures.h",
            "include/riscv64cpufeatures.h", "include/svm_locale.h");

    private CAnnotationCache() {
    }

    /** Writes the files below {@code directory} and returns the builder's arguments that make it use them. */
    static List<String> install(Path directory) throws IOException {
        Path cache = directory.resolve("cap");
        Files.createDirectories(cache);
        for (String directives : DIRECTIVES) {
            Files.writeString(cache.resolve(directives + ".cap"), CLayouts.of(directives).cacheText());
        }
        for (String name : HEADERS) {
            Path header = directory.resolve(name);
            Files.createDirectories(header.getParent());
            Files.write(header, new byte[0]);
        }
        return List.of("-H:+UseCAPCache", "-H:CAPCacheDir=" + cache, "-H:CLibraryPath=" + directory);
    }
}
