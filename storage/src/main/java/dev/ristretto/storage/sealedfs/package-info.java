/**
 * A read-only file system: a tree that is described once, by a {@link dev.ristretto.storage.sealedfs.SealedTree}, and never changes
 * again, over contents that are there already (bytes in an image, a jar, anything that can be read by position). It copies nothing.
 * Devices may have names in it; writing to those is no change of the tree.
 */
package dev.ristretto.storage.sealedfs;
