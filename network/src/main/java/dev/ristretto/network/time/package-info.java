/** Timers without a thread: the stack's owner says what time it is, and what is due runs. */
package dev.ristretto.network.time;
