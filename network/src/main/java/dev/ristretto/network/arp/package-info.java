/** ARP: who has an IPv4 address on this link (RFC 826), and whether somebody has one of ours (RFC 5227). */
package dev.ristretto.network.arp;
