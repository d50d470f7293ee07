/**
 * The contract between an image and what it runs on: memory ranges and mappings, time, interrupts, the console line, randomness,
 * contexts, and the end. {@link dev.ristretto.machine.Machine} is the whole of it; {@link dev.ristretto.machine.MachineEvents} is
 * the way back up.
 *
 * <p>What lives here: the contract, and one package for each implementation. What may not: policy (scheduling, allocation,
 * buffering), and anything that knows a layer above. Nothing above this module touches hardware.
 *
 * <p>Everything here may be called with no Java thread state set up, in interrupt handlers included, so every method is
 * {@code @Uninterruptible}: no allocation, no safepoint, no exception.
 */
package dev.ristretto.machine;
