/**
 * A card whose cable is a stream of bytes, such as a Unix socket: {@link dev.ristretto.network.device.stream.StreamDevice} at both of its
 * ends. The image that runs as a process has one, and the gateway of its launcher the other.
 */
package dev.ristretto.network.device.stream;
