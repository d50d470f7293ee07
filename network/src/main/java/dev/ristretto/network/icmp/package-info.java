/** ICMP of both versions: echo, errors in both directions, path MTU (RFC 792, RFC 1122 §3.2.2, RFC 1191, RFC 4443, RFC 8201). */
package dev.ristretto.network.icmp;
