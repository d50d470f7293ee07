package dev.ristretto.storage.sealedfs;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Names;

/** Paths by which files are described: components separated by single slashes, with or without one in front, without links and dots. */
final class PlainPath {
    private PlainPath() {
    }

    /**
     * Returns the components; none for the root.
     *
     * @throws IllegalArgumentException if it is no such path
     */
    static String[] names(String path) {
        String relative = path.startsWith("/") ? path.substring(1) : path;
        if (relative.isEmpty()) {
            return new String[0];
        }
        String[] names = relative.split("/", -1);
        for (String name : names) {
            if (!isName(name)) {
                throw new IllegalArgumentException("not a plain path: " + path);
            }
            try {
                Names.check(name);
            } catch (ErrnoException e) {
                throw new IllegalArgumentException("not a valid name of a file: " + path + ": " + e.getMessage(), e);
            }
        }
        return names;
    }

    /** Tells whether a text without special meaning is one component; how long it is and whether it is text is another matter. */
    static boolean isName(String name) {
        return !name.isEmpty() && !name.equals(".") && !name.equals("..") && name.indexOf('/') < 0;
    }
}
