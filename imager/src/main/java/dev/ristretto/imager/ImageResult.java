package dev.ristretto.imager;

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
}
