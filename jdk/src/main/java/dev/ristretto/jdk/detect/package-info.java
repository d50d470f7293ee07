/**
 * Finds, while an image is built, the native methods that the program can reach and that nothing answers: calling one would throw
 * {@link java.lang.UnsatisfiedLinkError}. Each is reported with a chain of calls that reaches it.
 *
 * <p>All of this runs inside the builder; nothing here goes into an image.
 */
package dev.ristretto.jdk.detect;
