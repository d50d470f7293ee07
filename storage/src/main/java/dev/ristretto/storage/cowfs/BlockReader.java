package dev.ristretto.storage.cowfs;

import dev.ristretto.storage.ErrnoException;

/** Reads one block; whoever asked checks what it is. */
@FunctionalInterface
interface BlockReader {
    byte[] read(long block) throws ErrnoException;
}
