package dev.ristretto.imager.files;

import dev.ristretto.imager.ImagingException;
import dev.ristretto.imager.link.Linker;
import dev.ristretto.storage.sealedfs.Archive;
import dev.ristretto.storage.sealedfs.ArchiveException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Looks into the files that are sealed into an image. */
public final class SealedSection {
    /** Name of the section that holds them. */
    public static final String NAME = Linker.FILES_SECTION;

    private SealedSection() {
    }

    /**
     * One tree of files.
     *
     * @param mountPoint  where programs find it
     * @param files       how many regular files there are
     * @param directories how many directories, without the one at the top
     * @param links       how many symbolic links
     * @param bytes       length of all files together
     * @param length      bytes in the image
     */
    public record Tree(String mountPoint, int files, int directories, int links, long bytes, int length) {
    }

    /**
     * Reads all of it and compares it with its checksums.
     *
     * @param section what is in the section
     * @throws ImagingException if it is damaged
     */
    public static List<Tree> trees(ByteBuffer section) throws ImagingException {
        List<Tree> trees = new ArrayList<>();
        try {
            for (Archive archive : Archive.openAll(section)) {
                Archive.Totals totals = archive.verify();
                trees.add(new Tree(archive.mountPoint(), totals.files(), totals.directories(), totals.links(), totals.bytes(), archive.length()));
            }
        } catch (ArchiveException e) {
            throw new ImagingException("This image should not be used: " + e.getMessage(), "Get it again, or build it again.", e);
        }
        return trees;
    }
}
