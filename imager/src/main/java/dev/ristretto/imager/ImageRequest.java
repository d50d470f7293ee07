package dev.ristretto.imager;

import dev.ristretto.imager.files.SealedFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What an image shall be made of. Made by {@link #builder()}.
 *
 * @param classpath       the program's jars and class folders, in class path order
 * @param mainClass       binary name of the main class; null for what the manifest of the first jar says
 * @param name            the image's name; null for one that is derived from the first class path entry
 * @param optimization    what the compiler aims at
 * @param debugInfo       true to have DWARF in the image, for gdb
 * @param builderArgs     further arguments for the native-image builder, in the form of the {@code native-image} command
 * @param builderFeatures binary names of {@code Feature} classes of the class path that run in the builder
 * @param files           what the program shall find as read-only files
 * @param output          the file to write
 */
public record ImageRequest(List<Path> classpath, String mainClass, String name, Optimization optimization, boolean debugInfo,
                           List<String> builderArgs, List<String> builderFeatures, List<SealedFiles> files, Path output) {
    public ImageRequest {
        classpath = List.copyOf(classpath);
        builderArgs = List.copyOf(builderArgs);
        builderFeatures = List.copyOf(builderFeatures);
        files = List.copyOf(files);
        Objects.requireNonNull(optimization, "optimization");
        Objects.requireNonNull(output, "output");
    }

    /** A request that is still being put together. */
    public static Builder builder() {
        return new Builder();
    }

    /** Puts a request together; every setter returns this. */
    public static final class Builder {
        private List<Path> classpath = List.of();
        private String mainClass;
        private String name;
        private Optimization optimization = Optimization.BALANCED;
        private boolean debugInfo;
        private List<String> builderArgs = List.of();
        private List<String> builderFeatures = List.of();
        private List<SealedFiles> files = List.of();
        private Path output;

        private Builder() {
        }

        /** Required: see {@link ImageRequest#classpath}. */
        public Builder classpath(List<Path> value) {
            classpath = value;
            return this;
        }

        /** See {@link ImageRequest#mainClass}. */
        public Builder mainClass(String value) {
            mainClass = value;
            return this;
        }

        /** See {@link ImageRequest#name}. */
        public Builder name(String value) {
            name = value;
            return this;
        }

        /** See {@link ImageRequest#optimization}; {@link Optimization#BALANCED} unless set. */
        public Builder optimization(Optimization value) {
            optimization = value;
            return this;
        }

        /** See {@link ImageRequest#debugInfo}; false unless set. */
        public Builder debugInfo(boolean value) {
            debugInfo = value;
            return this;
        }

        /** See {@link ImageRequest#builderArgs}; none unless set. */
        public Builder builderArgs(List<String> value) {
            builderArgs = value;
            return this;
        }

        /** See {@link ImageRequest#builderFeatures}; none unless set. */
        public Builder builderFeatures(List<String> value) {
            builderFeatures = value;
            return this;
        }

        /** See {@link ImageRequest#files}; none unless set. */
        public Builder files(List<SealedFiles> value) {
            files = value;
            return this;
        }

        /** Required: see {@link ImageRequest#output}. */
        public Builder output(Path value) {
            output = value;
            return this;
        }

        /** The request. */
        public ImageRequest build() {
            return new ImageRequest(classpath, mainClass, name, optimization, debugInfo, builderArgs, builderFeatures, files, output);
        }
    }
}
