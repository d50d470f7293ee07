package dev.ristretto.storage.node;

import dev.ristretto.storage.ErrnoException;

/**
 * Walks over the names in a directory, without {@code "."} and {@code ".."}. A name that is there from beginning to end is
 * returned exactly once; one that comes or goes meanwhile, at most once. Not for use by several threads at a time.
 */
public interface DirectoryCursor {
    /** Returns the next name, or {@code null} after the last. */
    String next() throws ErrnoException;
}
