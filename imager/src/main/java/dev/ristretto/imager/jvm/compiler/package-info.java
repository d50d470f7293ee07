/**
 * Put into {@code jdk.internal.vm.ci} of the builder's JVM, unexported: what the patched classes of the compiler interface call. The build
 * runs it, images do not contain it. May use {@code java.base} and the compiler interface only.
 */
package dev.ristretto.imager.jvm.compiler;
