/** Measurements of images from the outside. Nothing here is a test: numbers are printed, not judged. */
package dev.ristretto.bench;
