/**
 * Drives GraalVM's native-image builder, taken as a library from Maven Central, in a JVM of its own: class path in, one relocatable
 * ELF object out.
 *
 * <p>Everything the full GraalVM distribution would have put around the builder lives here: module access, the answers a C compiler
 * would give, the class whose native library is not published. May not know what is linked to the object afterwards.
 */
package dev.ristretto.imager.builder;
