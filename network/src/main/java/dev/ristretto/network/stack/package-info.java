/** What every protocol of a stack is given: the lock, timers, clock, randomness, counters, limits and a way to say something to people. */
package dev.ristretto.network.stack;
