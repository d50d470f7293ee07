package dev.ristretto.storage.cowfs;

import java.util.List;

/**
 * What a check found.
 *
 * @param files       regular files
 * @param directories directories, the root included
 * @param links       symbolic links
 * @param usedBlocks  blocks of 4 KiB that something refers to
 * @param problems    a sentence for each thing that is wrong; empty if nothing is, and cut off after {@link #MOST}
 */
public record CheckReport(long files, long directories, long links, long usedBlocks, List<String> problems) {
    /** More problems than this are not told. */
    public static final int MOST = 100;
}
