/** Which groups this machine listens to, and how routers and switches are told: IGMPv3 (RFC 3376) and MLDv2 (RFC 3810). */
package dev.ristretto.network.multicast;
