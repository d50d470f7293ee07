/**
 * The last thing an image says when it cannot go on: what happened, where, the state of the CPU, the Java stack, the last lines of
 * the kernel's log, and a hint. Never a silent hang, never a reset.
 *
 * <p>What may not live here: allocation, locks that a dead thread may hold, and anything that can be avoided.
 */
package dev.ristretto.kernel.panic;
