/**
 * Classes that run inside the native-image builder, on the builder's side of the process border: they are on the class path of the
 * program that is compiled, but nothing of them is in the image.
 *
 * <p>They may use the builder's own classes and nothing else of the imager; what they find out they leave in files.
 */
package dev.ristretto.imager.inside;
