/**
 * The contract between IP and the transports above it: {@link dev.ristretto.network.ip.IpLayer} is what a transport calls,
 * {@link dev.ristretto.network.ip.Transport} is what it implements. Both under the stack's lock, all of it, at all times. The code of both IPs is in
 * packages of its own.
 */
package dev.ristretto.network.ip;
