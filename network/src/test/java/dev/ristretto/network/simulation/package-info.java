/**
 * A seeded simulator: hosts with TCP of their own, links with delay, loss, reordering, duplication, corruption, a rate and a queue, and a
 * virtual clock. One seed gives one course of events, on every machine, as fast as the processor can.
 * <p>
 * A {@code SimulatedHost} has a simulated IP below its TCP, so that a seed takes a millisecond; a {@code Link} carries packets one way. What
 * programs do is in {@code Peer}.
 */
package dev.ristretto.network.simulation;
