package dev.ristretto.storage.ext4;

import dev.ristretto.storage.block.MemoryBlockDevice;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Images that Linux 6.18 wrote and that were copied while they were mounted, so that their journals are to be replayed.
 * <p>
 * {@code crashed}: 4 MiB in blocks of 1 KiB, {@code mke2fs -t ext4} 1.47, mounted with {@code nodelalloc}. Filled with {@code old} and
 * {@code fragments}, unmounted and mounted again; then {@code gone} was made with 40 files, one of them forced with {@code fsync}, and removed;
 * {@code new} and links were made, two files of {@code old} moved and removed, every second block punched out of {@code fragments} up to 196,
 * and a file forced; then {@code filler} took all space that was left, blocks among it whose old content is in the journal, and was forced.
 * <p>
 * {@code escaped}: 2 MiB, {@code data=journal}; the file {@code magic}, which was forced, begins with the journal's magic number.
 */
final class Images {
    private Images() {
    }

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Images.class.getResourceAsStream(name + ".img.gz")) {
            return new GZIPInputStream(in).readAllBytes();
        }
    }

    static MemoryBlockDevice device(String name) throws IOException {
        return new MemoryBlockDevice(bytes(name));
    }
}
