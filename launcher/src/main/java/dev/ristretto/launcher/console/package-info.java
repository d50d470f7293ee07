/**
 * The bytes between an image and its caller: the serial line as {@code System.in} and {@code System.out}, and the debug console on which
 * the image tells the launcher how it fares.
 *
 * <p>Streams in, streams out; nothing here knows a process or a hypervisor.
 */
package dev.ristretto.launcher.console;
