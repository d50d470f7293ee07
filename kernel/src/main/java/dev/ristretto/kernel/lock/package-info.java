/**
 * Mutual exclusion inside the kernel: short critical sections with interrupts disabled. What blocks a thread is in
 * {@code thread}; nothing here may wait for anything but another core.
 */
package dev.ristretto.kernel.lock;
