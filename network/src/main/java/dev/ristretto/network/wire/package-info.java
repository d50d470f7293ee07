/**
 * Formats as they are on the wire: where a field is and how it is read and written, and no state. Methods take a buffer in network order and the absolute
 * position of a header; whoever calls them has checked that the bytes are there.
 */
package dev.ristretto.network.wire;
