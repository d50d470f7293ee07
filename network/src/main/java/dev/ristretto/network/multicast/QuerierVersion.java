package dev.ristretto.network.multicast;

/**
 * What a query, and the reports that answer it, are written in. The protocols for both IP versions have the same generations, but that
 * IPv6 has no first.
 */
enum QuerierVersion {
    /** IGMPv1 (RFC 1112): nobody says that he leaves. */
    FIRST,
    /** IGMPv2 (RFC 2236) and MLDv1 (RFC 2710): one group in a report. */
    SECOND,
    /** IGMPv3 (RFC 3376) and MLDv2 (RFC 3810). */
    THIRD
}
