/**
 * Files that are sealed into an image: trees of this host, given as folders, jars or zip files, packed as {@code storage.sealedfs} reads them
 * in images; and what such a section of an image holds.
 *
 * <p>The linker puts the archives of all trees, one after the other, into a section of their own, which is read-only data of the image and is
 * used where it is loaded. Only an image with such a section has the code that reads it ({@code dev.ristretto.jdk.sealed}); but the compiled
 * program depends on whether there is one only, so that changed files cost no compiling.
 *
 * <p>This is the one package of the imager that knows code of images: what is written here is read there.
 */
package dev.ristretto.imager.files;
