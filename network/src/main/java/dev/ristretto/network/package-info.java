/**
 * A TCP/IP stack in plain Java: {@link dev.ristretto.network.Network} is the way in, and this package has the words that all of it
 * shares: addresses, error numbers, the clock and the source of randomness.
 * <p>
 * Packages below this one:
 * <ul>
 * <li>{@code device}: the contract with a network card, and packets;</li>
 * <li>{@code socket}: the contract with programs: UDP and TCP sockets, readiness;</li>
 * <li>{@code stack}: what every protocol is given: the lock, timers, counters, limits;</li>
 * <li>{@code time}: timers without a thread;</li>
 * <li>{@code ip}: the contract between IP and the transports above it;</li>
 * <li>{@code config}: what a card is to be configured with, and the words of the command line that say so.</li>
 * </ul>
 * Nothing here may use a type of the kernel, read a clock of its own, start a thread or draw randomness: all of that is passed in. No type
 * of {@code java.net} or {@code java.nio.channels} is used either, because those stand on this module.
 * <p>
 * Threads: one lock for the whole stack ({@link dev.ristretto.network.stack.StackLock}). It is held for microseconds and never while
 * something is waited for, so that one lock is simple and enough for the few cores of such a machine. Unless a type says otherwise, every
 * public method takes it and may be called from any thread at any time. It is a {@link java.util.concurrent.locks.ReentrantLock}, so a
 * virtual thread that has to wait releases its carrier.
 */
package dev.ristretto.network;
