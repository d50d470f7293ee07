/**
 * Threads: preemptive, with time slices, on one core for now.
 *
 * <p>{@link dev.ristretto.kernel.thread.Scheduler} owns the run queue and the switch; {@link dev.ristretto.kernel.thread.WaitQueue}
 * is the only way to block, and mutex, condition, semaphore and parker are each a few lines on top of it. One
 * {@link dev.ristretto.kernel.lock.SpinLock} guards all of it; a switch is made with interrupts disabled and the lock released, since
 * the next thread may be one that was preempted and knows nothing of it. More cores will want a run queue each: {@link dev.ristretto.kernel.thread.RunQueue} is a class for that reason.
 *
 * <p>All structures are words in native memory ({@code @RawStructure}). What may not live here: Java threads (they are
 * SubstrateVM's, and meet ours in {@code platform}).
 */
package dev.ristretto.kernel.thread;
