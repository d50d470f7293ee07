/**
 * Runs the JUnit tests that are compiled into an image and reports them line by line on the console, where the system tests
 * outside read them.
 *
 * <p>The console is the only way out that every image has, so reports go there and not to files. Tests themselves live elsewhere.
 */
package dev.ristretto.imagetests.launcher;
