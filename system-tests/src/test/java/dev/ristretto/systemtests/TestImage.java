package dev.ristretto.systemtests;

import dev.ristretto.imager.ImageRequest;
import dev.ristretto.imager.ImageResult;
import dev.ristretto.imager.Imager;
import dev.ristretto.imager.ImagerHome;
import dev.ristretto.imager.ImagingException;
import dev.ristretto.imager.Optimization;
import dev.ristretto.imager.ProgressListener;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The one image that holds the JUnit tests of image-tests and its programs. Built when first asked for, at most once in a run; an
 * unchanged one comes from the imager's cache.
 */
final class TestImage {

    private static Path image;
    private static Exception failure;

    private TestImage() {
    }

    /**
     * {@return the bootable file}
     *
     * @throws Exception what the build failed of, each time it is asked for
     */
    static synchronized Path get() throws Exception {
        String given = System.getProperty("ristretto.test.image");
        if (given != null) {
            return Path.of(given);
        }
        if (image == null && failure == null) {
            try {
                image = build();
            } catch (ImagingException | IOException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw new IllegalStateException("The image of the tests could not be built: " + failure.getMessage(), failure);
        }
        return image;
    }

    private static Path build() throws ImagingException, IOException {
        List<Path> classpath = new ArrayList<>();
        classpath.add(Checkout.imageTests("ristretto-image-tests-0.1.0.jar"));
        classpath.add(Checkout.imageTests("ristretto-image-tests-0.1.0-tests.jar"));
        for (String jar : Files.readString(Checkout.imageTests("image-classpath.txt")).strip().split(File.pathSeparator)) {
            classpath.add(Path.of(jar));
        }
        ImageRequest request = ImageRequest.builder().classpath(classpath).mainClass("dev.ristretto.imagetests.programs.Main")
                .name("image-tests").optimization(Optimization.QUICK)
                // nobody compares two of this image: all processors may work on it
                .files(SealedSource.make())
                .builderArgs(List.of("--parallelism=" + Runtime.getRuntime().availableProcessors()))
                .output(Checkout.target("image-tests.elf")).build();
        ImageResult result = new Imager(ImagerHome.of(Checkout.dist())).build(request, new Progress());
        System.out.println(result.summary());
        return result.elf();
    }

    /** Prints each stage once, for the log of a build that takes minutes. */
    private static final class Progress implements ProgressListener {
        private String last = "";

        @Override
        public synchronized void progress(ProgressListener.Progress progress) {
            if (!progress.stage().equals(last)) {
                last = progress.stage();
                System.out.println("image-tests: " + last);
            }
        }

        @Override
        public void warning(String message) {
            System.out.println("image-tests: warning: " + message);
        }
    }
}
