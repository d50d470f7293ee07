/**
 * What the machine that a JVM runs on lends to images: files as block devices, and (in {@code ninep}) folders. For host tools and tests.
 * Images never reach this package; nothing else in {@code storage} may use it.
 */
package dev.ristretto.storage.host;
