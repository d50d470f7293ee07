package dev.ristretto.imager;

import dev.ristretto.imager.report.Contents;
import dev.ristretto.imager.report.ImageReport;
import java.io.IOException;
import java.nio.file.Path;

/**
 * An image that was made.
 *
 * @param elf       the bootable file
 * @param report    the full report on what is in it, a text file
 * @param wasCached true when an earlier build of the same input was reused
 * @param summary   a short table for the user: what takes up how much room
 */
public record ImageResult(Path elf, Path report, boolean wasCached, String summary) {

    /**
     * Why a class is in the image: its name and, one a line, the reasons, the nearest first; or that it is not in the image.
     *
     * @param className binary name
     * @throws IOException if what the build noted is no longer there, because the cache dropped it
     */
    public String why(String className) throws IOException {
        return ImageReport.why(Contents.read(report.resolveSibling(ImageBuild.CONTENTS)), className);
    }
}
