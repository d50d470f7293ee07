package dev.ristretto.imager;

import dev.ristretto.imager.builder.BuilderJars;
import dev.ristretto.imager.files.SealedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * Makes images: compiles a program with the platform below it, links it with the boot code, and remembers both results.
 *
 * <p>Safe for use by several threads and processes; builds of one user happen one after the other, because each takes all cores and
 * gigabytes of memory.
 */
public final class Imager {
    private final ImagerHome home;
    private final ImageCache cache;

    /** An imager with the user's cache. */
    public Imager(ImagerHome home) {
        this(home, ImageCache.ofUser());
    }

    Imager(ImagerHome home, ImageCache cache) {
        this.home = home;
        this.cache = cache;
    }

    /**
     * Makes an image, or finds the one that was made of the same input before.
     *
     * @param request  what it shall be made of
     * @param listener hears how it gets on
     * @throws ImagingException if the request cannot be met; its message is for the user. Also when the thread is interrupted, whose
     *                          interrupted status is then set
     */
    public ImageResult build(ImageRequest request, ProgressListener listener) throws ImagingException {
        ProgramCheck.Program program = ProgramCheck.check(request.classpath(), request.mainClass());
        SealedFiles.check(request.files());
        BuilderJars jars = BuilderJars.in(home.builder());
        try (ImageCache.Lock lock = cache.lock()) {
            ImageBuild build = new ImageBuild(request, program, jars, home, cache, listener);
            Path entry = build.find();
            boolean cached = entry != null;
            if (!cached) {
                entry = build.make();
            }
            Path output = request.output().toAbsolutePath();
            Files.createDirectories(output.getParent());
            Files.copy(entry.resolve(ImageBuild.ELF), output, StandardCopyOption.REPLACE_EXISTING);
            output.toFile().setExecutable(true, false); // Linux takes it as it is
            listener.progress(new ProgressListener.Progress("Done", 1, Duration.ZERO));
            return new ImageResult(output, entry.resolve(ImageBuild.REPORT), cached, Files.readString(entry.resolve(ImageBuild.SUMMARY)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImagingException("The build was interrupted", null, e);
        } catch (IOException e) {
            throw new ImagingException("A file could not be read or written: " + e,
                    "Look whether the disk is full; what is kept between builds is in " + cache.directory(), e);
        }
    }
}
