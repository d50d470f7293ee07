/**
 * The contract between IP and the transports above it: {@link dev.ristretto.network.ip.IpLayer} is what a transport calls,
 * {@link dev.ristretto.network.ip.Transport} is what it implements. Both under the stack's lock, all of it, at all times. What is behind it:
 * {@link dev.ristretto.network.ip.Ip}
 * on the way out, one class for each version on the way in, routes, path MTUs, fragments both ways, loopback.
 */
package dev.ristretto.network.ip;
