package dev.ristretto.jdk.sealed;

import dev.ristretto.jdk.lang.SystemMessages;
import dev.ristretto.jdk.nio.memory.NativeMemory;
import dev.ristretto.kernel.memory.FilesSection;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.sealedfs.Archive;
import dev.ristretto.storage.sealedfs.ArchiveException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.graalvm.nativeimage.ImageSingletons;

/** The files sealed into the running image; that there is an object of this class means that there are some. Callable by any thread. */
public final class SealedFiles {
    SealedFiles() {
    }

    /** Returns the file systems by the directories that they are to be mounted on. If the image is damaged there are none, and it is said so. */
    public static Map<String, FileSystem> byPath() {
        Map<String, FileSystem> found = new LinkedHashMap<>();
        if (areThere()) {
            try {
                long begin = FilesSection.begin();
                for (Archive archive : Archive.openAll(NativeMemory.buffer(begin, Math.toIntExact(FilesSection.end() - begin)))) {
                    found.put(archive.mountPoint(), archive);
                }
            } catch (ArchiveException e) {
                SystemMessages.say("this image should not be used: " + e.getMessage());
            }
        }
        return found;
    }

    /**
     * Returns the address of part of a file, if it is there as a mapping of it would be; else 0.
     *
     * @param position in the file, a multiple of 4096
     * @param length   in bytes, positive
     */
    public static long address(Node file, long position, long length) throws ErrnoException {
        if (!areThere() || !(file instanceof FileNode regular)) {
            return 0;
        }
        ByteBuffer view = regular.view(position, length);
        return view == null ? 0 : NativeMemory.address(view);
    }

    /** Tells whether an address came from {@link #address}, so that there is nothing to give back. */
    public static boolean isInside(long address) {
        return areThere() && address >= FilesSection.begin() && address < FilesSection.end();
    }

    /** Known to the builder: what comes after it is not in other images. */
    private static boolean areThere() {
        return ImageSingletons.contains(SealedFiles.class);
    }
}
