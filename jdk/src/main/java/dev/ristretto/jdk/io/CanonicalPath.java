package dev.ristretto.jdk.io;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.vfs.Vfs;
import java.util.ArrayList;
import java.util.List;

/** The rule of {@link java.io.File#getCanonicalPath} on Unix: links are resolved as far as files exist, the rest is tidied up as text. */
final class CanonicalPath {
    private CanonicalPath() {
    }

    /** Returns the canonical form of an absolute path. */
    static String of(Vfs vfs, String path) throws ErrnoException {
        int end = path.length();
        while (end > 0) {
            try {
                return tidy(vfs.realPath(vfs.root(), path.substring(0, end)) + path.substring(end));
            } catch (ErrnoException e) {
                if (e.errno() != Errno.ENOENT && e.errno() != Errno.ENOTDIR) {
                    throw e;
                }
            }
            end = path.lastIndexOf('/', end - 1);
        }
        return tidy(path);
    }

    /** Removes {@code "."} and {@code ".."}, and each name that a {@code ".."} follows. */
    static String tidy(String path) {
        List<String> names = new ArrayList<>();
        for (String name : path.split("/")) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return "/" + String.join("/", names);
    }
}
