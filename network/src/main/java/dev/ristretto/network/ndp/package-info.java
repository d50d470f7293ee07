/** Neighbour discovery (RFC 4861) and address autoconfiguration (RFC 4862, temporary addresses of RFC 8981) for IPv6. */
package dev.ristretto.network.ndp;
