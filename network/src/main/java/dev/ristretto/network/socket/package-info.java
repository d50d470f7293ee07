/**
 * The contract with programs: sockets that never block, shaped like POSIX so that the JDK's natives can be answered from them.
 * <p>
 * An operation that cannot go on now returns {@link dev.ristretto.network.socket.Socket#WOULD_BLOCK}; whoever wants to wait sets a
 * {@link dev.ristretto.network.socket.ReadinessListener} and waits in a way of its own. A failure is a
 * {@link dev.ristretto.network.NetworkException} with the error number that Linux would report.
 */
package dev.ristretto.network.socket;
