/** Unpredictable bytes from the machine. What may not live here: a generator of our own; those of the JDK are seeded from here. */
package dev.ristretto.kernel.entropy;
