/**
 * Tells people what is in an image and why: the table at the end of a build and the full report.
 *
 * <p>May read what the builder and the linker left; may not change it.
 */
package dev.ristretto.imager.report;
