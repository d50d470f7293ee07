/**
 * {@code ristretto disk}: makes, fills and looks into disk images without booting anything, with the file system that images use.
 *
 * <p>The file system itself lives in {@code storage}; here are commands, copying to and from a host, and messages.
 */
package dev.ristretto.cli.disk;
