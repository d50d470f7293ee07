/**
 * The disks of a machine as directories: {@code /data} for the first one, then {@code /data2} and so on. Mounted before {@code main}, brought
 * up to date every few seconds, closed at the end of the program. In an image only if something in its program
 * opens files for writing, or with {@code java.nio.file} or a {@code FileReader}.
 */
package dev.ristretto.jdk.disk;
