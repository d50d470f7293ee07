/**
 * Folders of the host as directories: {@code /share}, or where the host says. Mounted before {@code main}. In an image only if something in
 * its program opens files.
 */
package dev.ristretto.jdk.share;
