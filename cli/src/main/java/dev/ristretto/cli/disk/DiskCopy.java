package dev.ristretto.cli.disk;

import dev.ristretto.cli.CliException;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Names;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Copies files and whole folders between a disk and the host, with permissions, times of change, and symbolic links as such. */
final class DiskCopy {
    private static final int BUFFER = 1 << 20;
    private static final int FILE_PERMISSIONS = 0644;
    private static final int FOLDER_PERMISSIONS = 0755;

    private final Disk disk;

    DiskCopy(Disk disk) {
        this.disk = disk;
    }

    // ------------------------------------------------------------------ to the disk

    /** Copies a file or folder of the host; what is in the way is replaced, folders are joined. */
    void put(Path source, String target) throws CliException {
        try {
            put(source, makeParents(target), nameOf(target), target);
        } catch (ErrnoException e) {
            throw disk.failure(target, e);
        }
    }

    /** Writes a file of what a stream has. */
    void put(InputStream source, String target) throws CliException {
        try {
            write(source, makeParents(target), nameOf(target), target);
        } catch (ErrnoException e) {
            throw disk.failure(target, e);
        }
    }

    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private DirectoryNode makeParents(String target) throws ErrnoException {
        String parent = target.substring(0, target.lastIndexOf('/') + 1);
        for (int end = parent.indexOf('/', 1); end > 0; end = parent.indexOf('/', end + 1)) {
            try {
                disk.names().makeDirectory(disk.root(), parent.substring(0, end), FOLDER_PERMISSIONS);
            } catch (ErrnoException e) {
                if (e.errno() != Errno.EEXIST) {
                    throw e;
                }
            }
        }
        if (disk.names().node(disk.root(), parent, true) instanceof DirectoryNode directory) {
            return directory;
        }
        throw Errno.ENOTDIR.exception();
    }

    private void put(Path source, DirectoryNode directory, String name, String path) throws CliException {
        try {
            Names.check(name);
            Node node;
            if (Files.isSymbolicLink(source)) {
                remove(directory, name);
                directory.createSymbolicLink(name, Files.readSymbolicLink(source).toString());
                return;
            }
            if (Files.isDirectory(source)) {
                node = directory.lookup(name) instanceof DirectoryNode existing ? existing : directory.createDirectory(name, FOLDER_PERMISSIONS);
                List<Path> children = new ArrayList<>();
                try (Stream<Path> list = Files.list(source)) {
                    list.sorted().forEach(children::add);
                }
                for (Path child : children) {
                    put(child, (DirectoryNode) node, child.getFileName().toString(), path + "/" + child.getFileName());
                }
            } else if (Files.isRegularFile(source)) {
                try (InputStream in = Files.newInputStream(source)) {
                    node = write(in, directory, name, path);
                }
            } else {
                throw new CliException(source + (Files.exists(source) ? " is neither file nor folder" : " does not exist"), "");
            }
            node.setPermissions(permissions(source));
            node.setTimes(Node.KEEP_TIME, Files.getLastModifiedTime(source).to(TimeUnit.NANOSECONDS));
        } catch (ErrnoException e) {
            throw disk.failure(path, e);
        } catch (IOException e) {
            throw new CliException(source + " cannot be read: " + e.getMessage(), "", e);
        }
    }

    private static void remove(DirectoryNode directory, String name) throws ErrnoException {
        if (directory.lookup(name) != null) {
            directory.unlink(name);
        }
    }

    private FileNode write(InputStream source, DirectoryNode directory, String name, String path) throws CliException, ErrnoException {
        remove(directory, name);
        FileNode file = directory.createFile(name, FILE_PERMISSIONS);
        boolean done = false;
        try {
            byte[] buffer = new byte[BUFFER];
            for (int length = source.readNBytes(buffer, 0, BUFFER); length > 0; length = source.readNBytes(buffer, 0, BUFFER)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, length);
                while (bytes.hasRemaining()) {
                    file.append(bytes);
                }
            }
            done = true;
            return file;
        } catch (IOException e) {
            throw new CliException("what was to become " + path + " cannot be read: " + e.getMessage(), "", e);
        } finally {
            if (!done) {
                // Half a file helps nobody.
                remove(directory, name);
            }
        }
    }

    private static int permissions(Path source) throws IOException {
        if (!source.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Files.isDirectory(source) ? FOLDER_PERMISSIONS : FILE_PERMISSIONS;
        }
        int bits = 0;
        for (PosixFilePermission permission : Files.getPosixFilePermissions(source)) {
            bits |= 0400 >> permission.ordinal();
        }
        return bits;
    }

    // ------------------------------------------------------------------ from the disk

    /** Copies a file or directory of the disk to the host. */
    void get(String path, Path target, boolean force) throws CliException {
        get(disk.node(path), path, target, force);
    }

    private void get(Node node, String path, Path target, boolean force) throws CliException {
        try {
            switch (node) {
                case DirectoryNode directory -> {
                    if (!Files.isDirectory(target)) {
                        Files.createDirectories(target);
                    }
                    var cursor = directory.entries();
                    for (String name = cursor.next(); name != null; name = cursor.next()) {
                        // A name is what somebody else wrote to the disk: it must not lead out of the folder.
                        Path child = target.resolve(name);
                        if (name.isEmpty() || name.equals(".") || name.equals("..") || !target.equals(child.getParent()) || name.contains("/")) {
                            throw new CliException(disk.file() + ": " + path + " has a name that is none", "The disk is damaged, or meant to do harm.");
                        }
                        get(directory.lookup(name), path + "/" + name, child, force);
                    }
                }
                case SymbolicLinkNode link -> {
                    if (force) {
                        Files.deleteIfExists(target);
                    }
                    Files.createSymbolicLink(target, Path.of(link.target()));
                    return;
                }
                case FileNode file -> {
                    if (force) {
                        Files.deleteIfExists(target);
                    }
                    boolean done = false;
                    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                        read(file, path, out);
                        done = true;
                    } catch (FileAlreadyExistsException e) {
                        done = true;
                        throw e;
                    } finally {
                        if (!done) {
                            Files.deleteIfExists(target);
                        }
                    }
                }
                default -> throw new CliException(disk.file() + ": " + path + " is neither file nor directory", "");
            }
            var attributes = node.attributes();
            if (target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(target, permissions(attributes.permissions()));
            }
            Files.setLastModifiedTime(target, FileTime.from(attributes.modified(), TimeUnit.NANOSECONDS));
        } catch (ErrnoException e) {
            throw disk.failure(path, e);
        } catch (FileAlreadyExistsException e) {
            throw new CliException(target + " exists already", "Name another file, or say --force to replace it.", e);
        } catch (IOException e) {
            throw new CliException(target + " cannot be written: " + e.getMessage(), "", e);
        }
    }

    /** Writes the content of a file to a stream. */
    void read(FileNode file, String path, OutputStream out) throws CliException, IOException {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long position = 0;
            for (int length = file.read(position, buffer); length > 0; length = file.read(position, buffer.clear())) {
                out.write(buffer.array(), 0, length);
                position += length;
            }
            if (position < file.size()) {
                throw Errno.EIO.exception();
            }
        } catch (ErrnoException e) {
            throw disk.failure(path, e);
        }
    }

    private static Set<PosixFilePermission> permissions(int bits) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((bits & 0400 >> permission.ordinal()) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    /** Returns permissions as {@code ls} shows them. */
    static String text(int bits) {
        return PosixFilePermissions.toString(permissions(bits));
    }
}
