/**
 * The console line as a stream of bytes in both directions, and the kernel's own log.
 *
 * <p>What may not live here: character sets and {@code java.io} (they are in {@code jdk}), the serial port (in {@code machine}).
 */
package dev.ristretto.kernel.console;
