package dev.ristretto.storage.host.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ninep.Message;
import dev.ristretto.storage.ninep.MessageTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** Questions that change names and attributes. The numbers of a client's follow their files: to other names, or to none. */
final class FolderChanges {
    private final Map<Integer, HostFile> fids;

    FolderChanges(Map<Integer, HostFile> fids) {
        this.fids = fids;
    }

    void set(HostFile file, Message in) throws ErrnoException, IOException {
        file.requireWritable();
        int valid = in.take32();
        int mode = in.take32();
        int owner = in.take32();
        int group = in.take32();
        long size = in.take64();
        FileTime accessed = time(in);
        FileTime modified = time(in);
        if ((valid & (MessageTypes.SET_ATIME | MessageTypes.SET_ATIME_GIVEN)) == MessageTypes.SET_ATIME
                || (valid & (MessageTypes.SET_MTIME | MessageTypes.SET_MTIME_GIVEN)) == MessageTypes.SET_MTIME) {
            throw Errno.EOPNOTSUPP.exception(); // the server's own time
        }
        Path path = file.place();
        boolean isLink = HostAttributes.isLink(HostAttributes.read(path));
        if ((valid & MessageTypes.SET_SIZE) != 0) {
            resize(path, size);
        }
        if ((valid & MessageTypes.SET_UID) != 0) {
            Files.setAttribute(path, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
        }
        if ((valid & MessageTypes.SET_GID) != 0) {
            Files.setAttribute(path, "unix:gid", group, LinkOption.NOFOLLOW_LINKS);
        }
        if ((valid & MessageTypes.SET_MODE) != 0) {
            if (isLink) {
                throw Errno.EOPNOTSUPP.exception();
            }
            FolderOpening.setMode(path, mode);
        }
        if ((valid & (MessageTypes.SET_ATIME | MessageTypes.SET_MTIME)) != 0) {
            Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS).setTimes(
                    (valid & MessageTypes.SET_MTIME) != 0 ? modified : null, (valid & MessageTypes.SET_ATIME) != 0 ? accessed : null, null);
        }
    }

    private static FileTime time(Message in) throws ErrnoException {
        long seconds = in.take64();
        long nanos = in.take64();
        return FileTime.from(Instant.ofEpochSecond(Math.clamp(seconds, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                Math.clamp(nanos, 0, 999_999_999)));
    }

    private static void resize(Path path, long size) throws ErrnoException, IOException {
        if (size < 0) {
            throw Errno.EINVAL.exception();
        }
        Map<String, Object> attributes = HostAttributes.read(path);
        if (!HostAttributes.isRegular(attributes)) {
            throw (HostAttributes.isDirectory(attributes) ? Errno.EISDIR : Errno.EINVAL).exception();
        }
        try (FileChannel channel = FileChannel.open(path, LinkOption.NOFOLLOW_LINKS, StandardOpenOption.WRITE)) {
            if (size > channel.size()) {
                channel.write(ByteBuffer.allocate(1), size - 1);
            }
            channel.truncate(size);
        }
    }

    void makeDirectory(HostFile directory, String name, int mode, Message out) throws ErrnoException, IOException {
        directory.requireWritable();
        Path path = directory.place(name);
        Files.createDirectory(path, PosixFilePermissions.asFileAttribute(FolderOpening.permissions(mode)));
        FolderOpening.setMode(path, mode);
        out.put(HostAttributes.qid(HostAttributes.read(path)));
    }

    void makeLink(HostFile directory, String name, String target, Message out) throws ErrnoException, IOException {
        directory.requireWritable();
        if (target.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        Path path = directory.place(name);
        Files.createSymbolicLink(path, Path.of(target));
        out.put(HostAttributes.qid(HostAttributes.read(path)));
    }

    /** {@code link(2)} follows no symbolic link. */
    void link(HostFile directory, HostFile file, String name) throws ErrnoException, IOException {
        directory.requireWritable();
        requireSameFolder(directory, file);
        Files.createLink(directory.place(name), file.place());
    }

    private static void requireSameFolder(HostFile one, HostFile other) throws ErrnoException {
        if (one.folder != other.folder) {
            throw Errno.EXDEV.exception();
        }
    }

    void remove(HostFile directory, String name, int flags) throws ErrnoException, IOException {
        directory.requireWritable();
        Path path = directory.place(name);
        boolean isDirectory = HostAttributes.isDirectory(HostAttributes.read(path));
        boolean wantsDirectory = (flags & MessageTypes.AT_REMOVEDIR) != 0;
        if (isDirectory != wantsDirectory) {
            throw (isDirectory ? Errno.EISDIR : Errno.ENOTDIR).exception();
        }
        Files.delete(path);
        loseName(path);
    }

    private void loseName(Path path) {
        for (HostFile file : fids.values()) {
            if (file.path != null && file.path.startsWith(path)) {
                file.path = null;
            }
        }
    }

    void rename(HostFile from, String name, HostFile to, String targetName) throws ErrnoException, IOException {
        from.requireWritable();
        requireSameFolder(from, to);
        Path source = from.place(name);
        Path target = to.place(targetName);
        Object moved = HostAttributes.read(source).get("fileKey");
        boolean isSame = moved.equals(keyOrNull(target));
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE); // rename(2) and nothing else
        if (isSame) {
            return; // two names of one file: nothing happened
        }
        loseName(target);
        for (HostFile file : fids.values()) {
            if (file.path != null && file.path.startsWith(source)) {
                file.path = file.path.equals(source) ? target : target.resolve(source.relativize(file.path));
            }
        }
    }

    private static Object keyOrNull(Path path) throws IOException {
        try {
            return Objects.requireNonNull(HostAttributes.read(path).get("fileKey"));
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
