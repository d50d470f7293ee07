/** UDP (RFC 768): sockets, and which of them gets a datagram. */
package dev.ristretto.network.udp;
