package dev.ristretto.storage.host.ninep;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A folder that is lent out.
 *
 * @param root     its real path
 * @param readOnly whether every change is refused
 */
public record SharedFolder(Path root, boolean readOnly) {
    /** Lends a folder; symbolic links on the way to it are followed, now. */
    public static SharedFolder of(Path directory, boolean readOnly) throws IOException {
        return new SharedFolder(directory.toRealPath(), readOnly);
    }
}
