package dev.ristretto.storage.vfs;

import dev.ristretto.storage.node.Attributes;

/**
 * What {@code stat(2)} tells of a file.
 *
 * @param device     number of the mounted file system that the file is in; with {@link Attributes#number} it identifies the file
 * @param attributes what that file system knows about it
 */
public record Status(long device, Attributes attributes) {
}
