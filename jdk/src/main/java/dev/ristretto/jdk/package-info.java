/**
 * The part of the JDK that is native code everywhere else: the native methods of the modules that go into an image, answered in Java by
 * the layers below. {@link dev.ristretto.jdk.JdkFeature} is what the builder is told to load.
 *
 * <p>The subpackages follow the JDK's packages. In each, plain classes hold the logic and are tested on an ordinary JVM; classes named
 * {@code Target_…} put it in the place of native methods, hold nothing else, and are found by the builder through their annotation.
 */
package dev.ristretto.jdk;
