/** Clocks, and {@code java.time} on top of them. */
package dev.ristretto.imagetests.time;
