/** DHCP for IPv4, as a client (RFC 2131, RFC 2132): an address from a server, kept for as long as the server lets us. */
package dev.ristretto.network.dhcp;
