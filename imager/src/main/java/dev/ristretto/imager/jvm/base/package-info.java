/**
 * Put into {@code java.base} of the builder's JVM, unexported: what the patched JDK classes there call. The build runs it, images do not
 * contain it. May use {@code java.base} only, and no lambdas: they would need what is patched.
 */
package dev.ristretto.imager.jvm.base;
