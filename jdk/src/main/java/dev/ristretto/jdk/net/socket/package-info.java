/**
 * Sockets of the network stack as open files: what programs see of {@link dev.ristretto.network.socket} through descriptors. A socket of
 * the stack never waits and tells of changes; {@link dev.ristretto.jdk.net.descriptor.Pollable} makes waiting out of that.
 *
 * <p>Plain Java: the stack is passed in, so that the same classes are tested on a JVM over the loopback interface. What may not live here:
 * anything that reads or writes memory by address, and anything that substitutes a method of the JDK.
 */
package dev.ristretto.jdk.net.socket;
