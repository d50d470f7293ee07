/**
 * What {@code java.net} and the sockets of {@code java.nio.channels} ask of an operating system, answered by the TCP/IP stack in
 * {@link dev.ristretto.network}.
 *
 * <p>From top to bottom:
 * <ul>
 * <li>{@code Target_…} stand in the place of native methods and hold nothing but a call: {@code SocketCalls} ({@code Net},
 *     {@code SocketDispatcher}), {@code DatagramCalls}, {@code PollCalls} ({@code EPoll}, {@code EventFD}), {@code UnixSocketCalls},
 *     {@code Interfaces}, {@code HostNames}. These speak the JDK's language: numbers of {@code IOStatus}, exceptions with Linux's texts.
 * <li>{@link dev.ristretto.jdk.net.socket}: sockets of the stack as open files; {@link dev.ristretto.jdk.net.descriptor}: pipes, epoll
 *     and whatever else can be waited for; {@link dev.ristretto.jdk.net.dns}: name servers. Plain Java, tested on a JVM.
 * <li>{@code MachineNetwork}: the one stack, its cards and its thread; made when first asked for. An image whose program reaches no socket
 *     contains none of this.
 * </ul>
 *
 * <p>A thread that waits is woken by what it waits for. Closing a channel while others are at it replaces the open file below the
 * descriptor ({@code preClose}), which wakes them; so no thread is ever signalled. What the JDK has pollers for (virtual threads) is
 * answered directly: {@code Target_sun_nio_ch_Poller} says why.
 *
 * <p>What may not live here: protocols.
 */
package dev.ristretto.jdk.net;
