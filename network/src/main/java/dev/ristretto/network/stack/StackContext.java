package dev.ristretto.network.stack;

import dev.ristretto.network.Clock;
import dev.ristretto.network.RandomSource;
import dev.ristretto.network.time.Timers;

/**
 * What every protocol of one stack is given.
 *
 * @param timers the deadline of the earliest may move at any time: the stack's owner is told when the lock is released
 * @param statistics what happened how often
 * @param budget how much of everything there may be
 */
public record StackContext(StackLock lock, Clock clock, RandomSource random, Timers timers, Statistics statistics, Budget budget, Notices notices) {
}
