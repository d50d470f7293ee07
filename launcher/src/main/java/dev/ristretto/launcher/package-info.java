/**
 * Starts an image on a hypervisor, watches it and stops it: the library behind {@code ristretto run}.
 *
 * <p>{@link dev.ristretto.launcher.Launcher} is the way in. Here live the choices a caller makes ({@link
 * dev.ristretto.launcher.LaunchOptions}) and the life of one run. What an image file says about itself is in {@code image}, what the
 * host can do in {@code host}, QEMU's own language in {@code qemu}, the byte streams between program and caller in {@code console}, and
 * the tiny guests the launcher boots to learn about the host in {@code guest}.
 *
 * <p>Nothing here builds images, prints to the process's own streams or ends the process; errors are {@link
 * dev.ristretto.launcher.LaunchException}s with a sentence for the user.
 */
package dev.ristretto.launcher;
