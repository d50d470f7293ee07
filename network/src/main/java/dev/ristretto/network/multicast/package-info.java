/**
 * Which groups this machine listens to, and how routers and switches are told: IGMPv3 (RFC 3376) and MLDv2 (RFC 3810), and the versions
 * before them where a router speaks those.
 */
package dev.ristretto.network.multicast;
