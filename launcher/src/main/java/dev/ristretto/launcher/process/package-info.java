/**
 * An image as a process of Linux: environment, descriptors and life of the child. The image does the rest itself, its sandbox
 * included; the contract is on the page {@code docs/running-images.md}.
 */
package dev.ristretto.launcher.process;
