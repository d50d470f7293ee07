/**
 * A server of 9P2000.L for folders of the machine that a JVM runs on: what {@code -fsdev} is in QEMU. It trusts nobody at the other end, who
 * sees what is below a folder and nothing else: no answer follows a symbolic link, neither at the end of a path nor on the way, and names are
 * single names. Questions are answered one after the other, so that the other end cannot change what was just looked at; who else changes the
 * folder meanwhile does so on the same machine and is trusted.
 */
package dev.ristretto.storage.host.ninep;
