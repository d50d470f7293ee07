/**
 * Block devices of the machine that a JVM runs on: for host tools and tests. Images never reach this package; nothing else in
 * {@code storage} may use it.
 */
package dev.ristretto.storage.host;
