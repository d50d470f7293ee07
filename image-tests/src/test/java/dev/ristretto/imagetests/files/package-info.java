/**
 * Files through {@code java.io}, {@code java.nio.file} and channels. What is expected here is what the same program gets on Linux: run
 * there, these tests compare our expectation with Linux, and run in an image they compare the image with our expectation.
 * Everything is written below the directory for temporary files.
 */
package dev.ristretto.imagetests.files;
