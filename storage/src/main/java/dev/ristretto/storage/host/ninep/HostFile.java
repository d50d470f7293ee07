package dev.ristretto.storage.host.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a client means by one of its numbers: a path, which a rename changes, and what was opened there. */
final class HostFile {
    final SharedFolder folder;
    /** Null when the name is gone: another file that gets it is not this one. */
    Path path;
    /** Of a file that is open. */
    FileChannel channel;
    boolean writes;
    /** As they were when it was opened: for when it has no name any more. */
    Map<String, Object> attributes;
    /** Names in a directory that is open. */
    List<Path> entries;

    HostFile(SharedFolder folder, Path path) {
        this.folder = folder;
        this.path = path;
    }

    boolean isOpen() {
        return channel != null || entries != null;
    }

    void requireWritable() throws ErrnoException {
        if (folder.readOnly()) {
            throw Errno.EROFS.exception();
        }
    }

    /**
     * The path, once it is certain that no symbolic link is on the way to it; what is there itself may be one, which the caller must not follow.
     */
    Path place() throws IOException, ErrnoException {
        if (path == null || !path.startsWith(folder.root())) { // moved out of this folder, by a client who has a larger one as well
            throw Errno.ENOENT.exception();
        }
        Path above = path.equals(folder.root()) ? path : path.getParent();
        if (!above.toRealPath().equals(above)) {
            throw Errno.ELOOP.exception();
        }
        return path;
    }

    /** The path of a name in this directory, likewise. */
    Path place(String name) throws IOException, ErrnoException {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw Errno.EINVAL.exception();
        }
        Path directory = place();
        if (!directory.toRealPath().equals(directory)) {
            throw Errno.ENOTDIR.exception();
        }
        return directory.resolve(name);
    }

    void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                return; // what was written and could not be kept, the host tells who asks for it to be kept
            }
        }
    }
}
