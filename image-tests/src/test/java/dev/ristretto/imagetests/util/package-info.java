/** {@code java.util} and {@code java.io} where they need no disk: collections, streams, archives, encodings and the rest. */
package dev.ristretto.imagetests.util;
