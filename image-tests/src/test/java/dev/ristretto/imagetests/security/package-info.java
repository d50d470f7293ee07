/** Digests, ciphers, signatures and keys of the JDK's own providers, against published test vectors where there are any. */
package dev.ristretto.imagetests.security;
