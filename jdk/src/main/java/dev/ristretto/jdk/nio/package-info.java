/**
 * The natives under {@code java.nio.file} and {@code java.nio.channels.FileChannel}: thin classes that fetch the arguments, call the
 * name space or the open file ({@code dev.ristretto.jdk.io} has both), and report errors as the JDK expects.
 * <p>
 * What stands for a directory stream is its descriptor plus one. File locks are always granted: the program is alone on the machine,
 * and the JDK itself keeps its threads from overlapping each other.
 * <p>
 * Maps are made by {@link dev.ristretto.storage.map.MappedFiles}, which all maps of a file share; a private one is a copy made when it is mapped, and
 * a file that was sealed into the image as it is, is mapped where it lies. Not supported: watching directories
 * ({@code UnsupportedOperationException}).
 * <p>
 * Classes named {@code Target_...} replace native methods of the JDK's class of that name, and nothing else. Memory outside the
 * Java heap is touched only in {@code dev.ristretto.jdk.nio.memory}.
 */
package dev.ristretto.jdk.nio;
