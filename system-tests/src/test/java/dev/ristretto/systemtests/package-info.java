/**
 * Tests of whole images, through the same interfaces that the command line uses: the imager builds, the launcher boots, and what is
 * judged is what a user would see. What can be tested inside an image belongs to the image-tests module instead.
 */
package dev.ristretto.systemtests;
