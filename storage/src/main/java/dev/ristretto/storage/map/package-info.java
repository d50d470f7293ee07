/**
 * Maps of files into memory, for reading and for writing, without page faults: all pages of a map are in memory from the moment it is made.
 * <p>
 * Maps of one file share memory. A file that is mapped gets a {@link dev.ristretto.storage.map.MapWindow}: a range of addresses with room
 * for more than is mapped, in which each page of the file has its place. A page is there once, however many maps have it, and memory is
 * under it for as long as one does.
 * <p>
 * <b>What was changed</b> is found by comparing pages with their {@link dev.ristretto.storage.map.PageHash} of the moment when they were
 * last the same as in the file. Pages are copied first, and the copy is hashed and written: a store that comes meanwhile is in
 * memory but not in the hash, and found the next time. Changes go to the file when it is forced, when a map ends, and whenever
 * {@link dev.ristretto.storage.map.MappedFiles#writeBack} is called; a page that is the same as before is never written.
 * <p>
 * <b>Coherence</b>: who reads a file through a descriptor gets pages that are mapped from memory, so sees stores to maps at once. Who writes
 * or truncates it, changes the file and then the pages. This takes all access by way of {@link dev.ristretto.storage.map.MappedFiles}; for files
 * without maps it costs a look at a table that is empty.
 * <p>
 * <b>Beyond the end</b> of a file that was truncated, or of its last page, memory stays, so nothing ever faults; it reads as zeros until it
 * is written to, is never written back, and is zeros again when the file grows there. Linux has {@code SIGBUS} for whole pages there.
 * <p>
 * <b>Failures</b>: what cannot be written back when a map ends (the file system is full) stays in memory, and in what is read from the file, and is tried
 * again: nothing is lost while the machine runs.
 * <p>
 * Callable by any thread. Locks, in this order: one {@link dev.ristretto.storage.map.MappedFile}'s, those of the file system.
 */
package dev.ristretto.storage.map;
