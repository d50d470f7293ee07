/**
 * The natives under {@code java.io}, and the files of an image that they and those of {@code java.nio} work on.
 * <p>
 * A machine without a disk has this name space:
 * <ul>
 * <li>{@code /}: sealed, read-only;</li>
 * <li>{@code /app}: the resources that the image holds for its class path, as files;</li>
 * <li>{@code /tmp}: writable, in memory, at most half as large as the Java heap can become, or {@code -Dristretto.tmp.mib=N};</li>
 * <li>{@code /dev}: {@code null}, {@code zero}, {@code full}, {@code random}, {@code urandom}, {@code console}, {@code tty},
 * {@code stdin}, {@code stdout}, {@code stderr}.</li>
 * </ul>
 * Files that were sealed into the image when it was built are read-only directories besides ({@code dev.ristretto.jdk.sealed}). Disks
 * ({@code dev.ristretto.jdk.disk}) and folders of the host ({@code dev.ristretto.jdk.share}) are directories too.
 * Relative paths begin at the property {@code user.dir} if that is a directory, else at {@code /}. Descriptors 0, 1 and 2 are the
 * console. The name space is made when a program first names a file: one that only prints has none of it in its image, so nothing
 * that the standard streams need may reach {@link dev.ristretto.jdk.io.MachineFiles}.
 * <p>
 * Behaviour and messages are those of the JDK on Linux. Not supported, each with the exception that a program expects: extended
 * attributes, device files and pipes made by programs, direct I/O, and a terminal's modes ({@code System.console()} is null).
 * <p>
 * Classes named {@code Target_...} replace native methods of the JDK's class of that name, and nothing else.
 */
package dev.ristretto.jdk.io;
