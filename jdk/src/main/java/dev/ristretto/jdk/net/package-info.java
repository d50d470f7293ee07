/**
 * What {@code java.net} and the sockets of {@code java.nio.channels} ask of an operating system, in an image that has no network card.
 *
 * <p>Addresses can be written and compared, {@code localhost} is the loopback address, and everything that would need a socket fails
 * with a {@link java.net.SocketException} that says why. Name resolution knows no other name.
 *
 * <p>A network stack does not belong here; it is a layer of its own, and these classes hand over to it.
 */
package dev.ristretto.jdk.net;
