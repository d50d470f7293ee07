package dev.ristretto.imager.inside;

import com.oracle.svm.core.config.ConfigurationValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.vm.ci.amd64.AMD64;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Writes down what the compiler was allowed to use of a processor, be it by an option of the program's or for the processor that the builder
 * runs on: names of {@code jdk.vm.ci.amd64.AMD64.CPUFeature}, one a line.
 */
public final class ProcessorFeature implements Feature {
    /** System property that names the file to write; without it nothing is written. */
    public static final String FILE_PROPERTY = "dev.ristretto.imager.processor";

    @Override
    public boolean isInConfiguration(IsInConfigurationAccess access) {
        return System.getProperty(FILE_PROPERTY) != null;
    }

    @Override
    public String getDescription() {
        return "Writes down which processors the image is for";
    }

    @Override
    public void beforeImageWrite(BeforeImageWriteAccess access) {
        AMD64 processor = (AMD64) ConfigurationValues.getTarget().arch;
        try {
            Files.write(Path.of(System.getProperty(FILE_PROPERTY)), processor.getFeatures().stream().map(Enum::name).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
