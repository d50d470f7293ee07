/**
 * What HotSpot has processors' instructions for in the JDK's cryptography, and the image builder only if an image runs on no processor
 * without them: SHA-256. Instructions for AES and for GHASH, which GCM needs, are the builder's own: they are
 * in every image that was not built for other processors than the usual ones.
 *
 * <p>Algorithms do not belong here: those are the JDK's own Java code.
 */
package dev.ristretto.jdk.security;
