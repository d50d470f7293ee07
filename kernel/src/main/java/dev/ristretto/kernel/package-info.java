/**
 * The kernel: memory, threads, time, console and panic, and what SubstrateVM asks of the platform below it.
 *
 * <p>What lives here: everything between {@code machine} and the natives of the JDK. What may not: an instruction, a port or a
 * register (they are in {@code machine}), a device driver (in {@code devices}), a protocol or a file system.
 *
 * <p>Kernel code is {@code @Uninterruptible}: it may run without a Java thread, inside the garbage collector, and in interrupt
 * handlers. Its data structures are words in memory of its own, never objects that a collector moves.
 */
package dev.ristretto.kernel;
