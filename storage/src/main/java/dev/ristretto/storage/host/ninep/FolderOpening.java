package dev.ristretto.storage.host.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.ninep.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Opening, and what needs something open. Flags are those of {@code open(2)}. */
final class FolderOpening {
    private static final int ACCESS = 3;
    private static final int WRITE_ONLY = 1;
    private static final int READ_WRITE = 2;
    private static final int TRUNCATE = 01000;
    private static final int DIRECTORY = 0200000;
    private static final int PERMISSIONS = 0777;
    private static final int SPECIAL_BITS = 07777;

    private FolderOpening() {
    }

    static void open(HostFile file, int flags, Message out) throws ErrnoException, IOException {
        if (file.isOpen()) {
            throw Errno.EINVAL.exception();
        }
        boolean writes = (flags & ACCESS) != 0;
        if (writes || (flags & TRUNCATE) != 0) {
            file.requireWritable();
        }
        Path path = file.place();
        Map<String, Object> attributes = HostAttributes.read(path);
        if (HostAttributes.isDirectory(attributes)) {
            if (writes) {
                throw Errno.EISDIR.exception();
            }
            file.entries = list(file);
        } else if ((flags & DIRECTORY) != 0) {
            throw Errno.ENOTDIR.exception();
        } else if (!HostAttributes.isRegular(attributes)) {
            // Opening a pipe could wait for ever, and a link would be followed.
            throw (HostAttributes.isLink(attributes) ? Errno.ELOOP : Errno.ENXIO).exception();
        } else {
            Set<OpenOption> options = options(flags & ACCESS);
            if ((flags & TRUNCATE) != 0 && writes) {
                options.add(StandardOpenOption.TRUNCATE_EXISTING);
            }
            file.channel = FileChannel.open(path, options);
            file.writes = writes;
            file.attributes = attributes;
        }
        out.put(HostAttributes.qid(attributes)).put32(0);
    }

    private static Set<OpenOption> options(int access) {
        Set<OpenOption> options = new HashSet<>(Set.of(LinkOption.NOFOLLOW_LINKS));
        if (access != WRITE_ONLY) {
            options.add(StandardOpenOption.READ);
        }
        if (access == WRITE_ONLY || access == READ_WRITE) {
            options.add(StandardOpenOption.WRITE);
        }
        return options;
    }

    /** What is in a directory now. */
    static List<Path> list(HostFile file) throws ErrnoException, IOException {
        Path directory = file.place();
        if (!HostAttributes.isDirectory(HostAttributes.read(directory))) {
            throw Errno.ENOTDIR.exception();
        }
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList();
        }
    }

    /** A new file, always, whether or not it is asked for so; {@code directory}'s number is the file's from then on. */
    static void create(HostFile directory, String name, int flags, int mode, Message out) throws ErrnoException, IOException {
        directory.requireWritable();
        if (directory.isOpen()) {
            throw Errno.EINVAL.exception();
        }
        Path path = directory.place(name);
        Set<OpenOption> options = options(flags & ACCESS);
        options.add(StandardOpenOption.WRITE);
        options.add(StandardOpenOption.CREATE_NEW);
        FileChannel channel = FileChannel.open(path, options, PosixFilePermissions.asFileAttribute(permissions(mode)));
        boolean done = false;
        try {
            setMode(path, mode);
            Map<String, Object> attributes = HostAttributes.read(path);
            out.put(HostAttributes.qid(attributes)).put32(0);
            directory.path = path;
            directory.channel = channel;
            directory.writes = true;
            directory.attributes = attributes;
            done = true;
        } finally {
            if (!done) {
                channel.close();
            }
        }
    }

    /** Bits without those that Java has no names for. */
    static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values(); // from the owner's right to read, which is the highest bit, on
        for (int i = 0; i < all.length; i++) {
            if ((mode & PERMISSIONS & 0400 >> i) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }

    /** All bits, whatever the umask; of what is no symbolic link. */
    static void setMode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode & SPECIAL_BITS);
    }

    static int write(HostFile file, long position, ByteBuffer data) throws ErrnoException, IOException {
        if (file.channel == null || !file.writes) {
            throw Errno.EBADF.exception();
        } else if (position < 0) {
            throw Errno.EINVAL.exception();
        }
        try {
            return file.channel.write(data, position);
        } catch (NonWritableChannelException e) {
            throw Errno.EBADF.exception();
        }
    }

    static void sync(HostFile file, boolean metadata) throws ErrnoException, IOException {
        if (file.channel != null) {
            file.channel.force(metadata);
        } else if (file.entries != null) {
            try (FileChannel directory = FileChannel.open(file.place(), LinkOption.NOFOLLOW_LINKS, StandardOpenOption.READ)) {
                directory.force(true);
            }
        } else {
            throw Errno.EBADF.exception();
        }
    }
}
