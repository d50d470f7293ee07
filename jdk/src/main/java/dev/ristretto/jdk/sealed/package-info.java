/**
 * The files that were sealed into an image when it was built ({@code --files}), as read-only file systems. What is in them stays where the
 * image was loaded: opening copies nothing, reading copies into the reader's buffer, and a file that is not compressed is mapped for reading
 * as it is.
 * <p>
 * The imager adds {@link dev.ristretto.jdk.sealed.SealedFilesFeature} to images with such files. In all others the builder knows that there are
 * none, and leaves out everything that only they need. How the archives look is {@code dev.ristretto.storage.sealedfs}' matter.
 */
package dev.ristretto.jdk.sealed;
