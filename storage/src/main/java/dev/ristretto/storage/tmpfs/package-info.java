/**
 * A writable file system whose content lives on the Java heap, up to a limit, and goes with the machine.
 * <p>
 * Supported: everything in the {@code node} contract; sparse files (holes take no space) up to {@link java.lang.Long#MAX_VALUE}
 * bytes; access times as with Linux's {@code relatime}. Not supported: extended attributes, device files, quotas.
 */
package dev.ristretto.storage.tmpfs;
