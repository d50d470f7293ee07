/**
 * The network of an image that runs as a process, without any rights: the other end of its cable. To the image it is a router with a DHCP
 * server and a name server, at the addresses that QEMU's user network has; towards the host it is an ordinary program with ordinary
 * sockets. TCP connections end here, on the image's side in a stack of {@code dev.ristretto.network}, on the other in the host's, and
 * bytes are carried between the two at the pace of the slower; datagrams are carried one by one.
 *
 * <p>One thread does everything ({@link dev.ristretto.launcher.gateway.GatewayLoop}); nothing here is shared with others but
 * {@link dev.ristretto.launcher.gateway.Gateway}.
 *
 * <p>Both IP versions, whatever the host has: what the host cannot reach by IPv6 is unreachable for the image, and it is told so at once. The
 * image makes itself an IPv6 address of the prefix that {@link dev.ristretto.launcher.gateway.RouterService} announces.
 *
 * <p>Not supported: echo requests (ping) beyond the gateway itself; datagrams in fragments; IPv6 extension headers; multicast and broadcast.
 */
package dev.ristretto.launcher.gateway;
