package dev.ristretto.imager.files;

import dev.ristretto.imager.ImagingException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A tree of files that a program shall find in its image.
 *
 * @param source     a folder, jar or zip file of this host
 * @param mountPoint absolute path of the directory where the program finds what is in it
 * @param isStored   true to compress none of it, so that all of it can be mapped without copying
 */
public record SealedFiles(Path source, String mountPoint, boolean isStored) {
    private static final String STORED = ":stored";
    private static final String MOUNT_POINT = ":/";
    /** Directories of every image, and those of disks. */
    private static final Pattern TAKEN = Pattern.compile("/(app|dev|tmp|data\\d*)(/.*)?");
    private static final Pattern PLAIN = Pattern.compile("(/[^/\0]+)+");
    private static final Pattern DOTS = Pattern.compile(".*/\\.{1,2}(/.*)?");

    /**
     * Reads {@code SOURCE[:/MOUNTPOINT][:stored]}. Without a mount point it is the name of the source, without {@code .jar} or {@code .zip}.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    public static SealedFiles parse(String text) {
        boolean stored = text.endsWith(STORED);
        String place = stored ? text.substring(0, text.length() - STORED.length()) : text;
        int colon = place.lastIndexOf(MOUNT_POINT);
        String source = colon < 0 ? place : place.substring(0, colon);
        if (source.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' names no folder; as in ./site, ./site:/www or site.zip:/www");
        }
        Path path = Path.of(source);
        return new SealedFiles(path, colon < 0 ? "/" + name(path) : place.substring(colon + 1), stored);
    }

    private static String name(Path source) {
        Path name = source.toAbsolutePath().normalize().getFileName();
        return name == null ? "" : name.toString().replaceFirst("\\.(jar|zip)$", "");
    }

    /**
     * Objects to places that images cannot give.
     *
     * @throws ImagingException one sentence, and what to do
     */
    public static void check(List<SealedFiles> all) throws ImagingException {
        for (int i = 0; i < all.size(); i++) {
            SealedFiles files = all.get(i);
            String path = files.mountPoint;
            if (!PLAIN.matcher(path).matches() || DOTS.matcher(path).matches()) {
                throw new ImagingException(files.source + " cannot be sealed in as " + path + ", which is no absolute path below /",
                        "Say where: --files " + files.source + ":/files");
            }
            if (TAKEN.matcher(path).matches()) {
                throw new ImagingException(files.source + " cannot be sealed in as " + path + ", which every image uses itself",
                        "Say where: --files " + files.source + ":/files (/app, /dev, /tmp and /data, /data2... are taken)");
            }
            for (SealedFiles other : all.subList(0, i)) {
                if ((path + "/").startsWith(other.mountPoint + "/") || (other.mountPoint + "/").startsWith(path + "/")) {
                    throw new ImagingException(files.source + " cannot be sealed in as " + path + ", because " + other.source + " is "
                            + (path.equals(other.mountPoint) ? "there already" : "sealed in as " + other.mountPoint),
                            "Give each a place of its own: --files " + files.source + ":/other");
                }
            }
        }
    }
}
