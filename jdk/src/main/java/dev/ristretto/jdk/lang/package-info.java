/**
 * What {@code java.lang}, {@code java.util} and their internals ask of an operating system: environment, system properties, time
 * zone, processes, signals, native libraries, the end of the program; and what the system says on the console of its own accord.
 *
 * <p>An image is one program on one machine. It has an environment and properties (from the kernel command line), but no users, no
 * other processes, no signals and no native libraries; where the JDK's API allows it, that is an empty or fixed answer, and elsewhere an
 * exception that says so. The rules are:
 * <ul>
 * <li>{@code os.name} is {@code Linux}: the JDK inside is the one for Linux, with its file separators and its defaults, and a great
 * many libraries know three names only and guess wrong for any other. {@code os.version} is Ristretto's version, and
 * {@code ristretto.version} is how a program recognises where it runs.</li>
 * <li>The user is {@code root}, at home in {@code /}; temporary files go to {@code /tmp}; text is UTF-8; the locale is
 * {@code en_US}; each can be set with {@code -D} on the kernel command line.</li>
 * <li>The time zone is {@code user.timezone}, else the environment variable {@code TZ}, else UTC.</li>
 * <li>The program's process number is 1, and it has no relatives.</li>
 * </ul>
 *
 * <p>Files, channels and sockets do not belong here.
 */
package dev.ristretto.jdk.lang;
