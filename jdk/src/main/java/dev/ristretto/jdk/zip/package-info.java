/**
 * What {@code java.util.zip} asks of native code, answered in Java: CRC-32 (RFC 1952 §8), Adler-32 (RFC 1950 §8.2), and the
 * compressor and decompressor for the deflate format (RFC 1951), raw or in its zlib wrapper (RFC 1950). And CRC-32C, which the JDK has in
 * Java, by the instruction that HotSpot's compilers use for it.
 *
 * <p>The logic lives in plain classes ({@link dev.ristretto.jdk.zip.Crc32}, {@link dev.ristretto.jdk.zip.InflaterEngine}, …) that
 * know nothing of the image builder and are tested on an ordinary JVM against the zlib of the JDK. The classes named
 * {@code Target_…} put them in the place of the native methods and hold no logic of their own.
 *
 * <p>Compression is JZlib's. Decompression is ours, because JZlib's decompressor follows zlib 1.1.3 and accepts what every zlib
 * since 1.2 rejects: a wrong header checksum, and distances that reach before the start of the data, for which it hands out
 * whatever its window holds.
 *
 * <p>Raw memory (the contents of direct buffers) is touched in {@link dev.ristretto.jdk.zip.NativeBytes} and in the three checksum
 * classes only. Archives, file names and I/O do not belong here: that is the JDK's own Java code.
 */
package dev.ristretto.jdk.zip;
