package dev.ristretto.cli.disk;

import dev.ristretto.cli.CliException;
import dev.ristretto.storage.Clock;
import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.cowfs.Cowfs;
import dev.ristretto.storage.cowfs.CowfsException;
import dev.ristretto.storage.cowfs.CowfsOptions;
import dev.ristretto.storage.ext4.Ext4;
import dev.ristretto.storage.ext4.Ext4Exception;
import dev.ristretto.storage.host.FileBlockDevice;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.vfs.Vfs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** A disk image, opened; every failure becomes one message about it. */
final class Disk implements AutoCloseable {
    private static final Clock CLOCK = () -> {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    };
    private static final CowfsOptions OPTIONS = CowfsOptions.defaults(CLOCK).withMemory(64 << 20, 32 << 20);
    /** Files that come from a host are as readable as there. */
    private static final int UMASK = 0;

    private static final int EXT4_CACHE = 16 << 20;

    private final Path file;
    private final FileBlockDevice device;
    private final FileSystem fileSystem;
    private final Vfs names;

    private Disk(Path file, FileBlockDevice device, FileSystem fileSystem) {
        this.file = file;
        this.device = device;
        this.fileSystem = fileSystem;
        this.names = new Vfs(fileSystem, UMASK);
    }

    // ------------------------------------------------------------------ creating and opening

    /** Makes a new disk with an empty file system. */
    static void create(Path file, long size, String label, boolean force) throws CliException {
        if (Files.isDirectory(file)) {
            throw new CliException(file + " is a folder", "Name a file to be made in it.");
        }
        try {
            if (force) {
                requireUnused(file);
                Files.deleteIfExists(file);
            }
            try (FileBlockDevice device = FileBlockDevice.create(file, size)) {
                boolean done = false;
                try {
                    format(device, label);
                    done = true;
                } finally {
                    if (!done) {
                        Files.deleteIfExists(file);
                    }
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new CliException(file + " exists already", "Name another file, or say --force: what is in it is lost then.", e);
        } catch (IOException e) {
            throw failure(file, e);
        } catch (CowfsException e) {
            throw failure(file, e);
        }
    }

    /** Makes an empty file system in a file that exists, as large as the file. */
    static void format(Path file) throws CliException, IOException {
        try (FileBlockDevice device = FileBlockDevice.open(file, false)) {
            format(device, "");
        } catch (CowfsException e) {
            throw failure(file, e);
        }
    }

    private static void format(FileBlockDevice device, String label) throws CowfsException {
        UUID identity = UUID.randomUUID();
        Cowfs.format(device, identity.getMostSignificantBits(), identity.getLeastSignificantBits(), label, OPTIONS);
    }

    private static void requireUnused(Path file) throws IOException {
        if (Files.exists(file)) {
            FileBlockDevice.open(file, true).close();
        }
    }

    /** Opens a disk that exists; of ext4, only for reading. */
    static Disk open(Path file, boolean readOnly) throws CliException {
        if (Files.isDirectory(file)) {
            throw new CliException(file + " is a folder, not a disk", "Name the file of a disk.");
        }
        FileBlockDevice device = null;
        try {
            device = FileBlockDevice.open(file, readOnly);
            Disk disk = new Disk(file, device, mount(file, device, readOnly));
            device = null;
            return disk;
        } catch (IOException e) {
            throw failure(file, e);
        } catch (CowfsException e) {
            throw failure(file, e);
        } finally {
            closeQuietly(device);
        }
    }

    private static FileSystem mount(Path file, FileBlockDevice device, boolean readOnly) throws CliException, CowfsException {
        try {
            if (!Ext4.isFormatted(device)) {
                return Cowfs.mount(device, readOnly ? OPTIONS.forReading() : OPTIONS);
            }
            if (!readOnly) {
                throw onlyRead(file, "Change it with Linux; or copy what is in it to a disk of ours: ristretto disk get, create, put.");
            }
            return Ext4.mount(device, EXT4_CACHE);
        } catch (Ext4Exception e) {
            throw new CliException(file + ": " + e.getMessage(), switch (e.problem()) {
                case NOT_EXT4, UNSUPPORTED -> "Linux can mount it, and unmount it if that is all that it lacks; 'ristretto disk put' copies files to a disk of ours.";
                case TOO_SMALL -> "If it was cut off, get it again in one piece.";
                case DAMAGED, DEVICE -> "e2fsck repairs it on Linux; begin with a copy.";
            }, e);
        } catch (ErrnoException e) {
            throw new CliException(file + " cannot be read: " + e.errno().message(), "", e);
        }
    }

    /** Returns the refusal of a change to what is ext4. */
    static CliException onlyRead(Path file, String hint) {
        return new CliException(file + ": it holds an ext4 file system, which can only be read here", hint);
    }

    private static void closeQuietly(FileBlockDevice device) {
        try {
            if (device != null) {
                device.close();
            }
        } catch (IOException e) {
            // There is a better message on its way.
        }
    }

    private static CliException failure(Path file, IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> new CliException(file + " does not exist", "'ristretto disk create " + file + "' makes a disk.", e);
            case AccessDeniedException denied -> new CliException(file + " may not be opened by you", "See who owns it: ls -l " + file, e);
            case FileSystemException other when other.getReason() != null -> new CliException(file + ": " + other.getReason(),
                    other.getReason().startsWith("in use") ? "A machine that runs with it, perhaps: stop it first." : "", e);
            default -> new CliException(file + " cannot be opened: " + e.getMessage(), "", e);
        };
    }

    private static CliException failure(Path file, CowfsException e) {
        String hint = switch (e.problem()) {
            case NOT_COWFS -> "'ristretto disk create' makes one in a new file.";
            case TOO_NEW -> "Use the version of Ristretto that made it, or a later one.";
            case TOO_SMALL -> "If it was cut off, get it again in one piece; a new disk needs 1 MiB at least.";
            case READ_ONLY -> "Make the file writable, or copy it.";
            case DAMAGED, DEVICE -> "What can still be read, 'ristretto disk get' copies; restore the rest from a backup.";
        };
        return new CliException(file + ": " + e.getMessage(), hint, e);
    }

    /** Returns what to tell the user about a path on the disk that something went wrong with. */
    CliException failure(String path, ErrnoException e) {
        String hint = switch (e.errno()) {
            case ENOENT -> "'ristretto disk ls " + file + "' shows what is there.";
            case ENOSPC -> "Remove something, or make the disk larger: ristretto disk resize " + file + " SIZE";
            case EIO -> "The disk is damaged there; 'ristretto disk check " + file + "' says where else.";
            case ENOTEMPTY, EISDIR -> "Say -r to remove a directory with all that is in it.";
            default -> "";
        };
        return new CliException(file + ": " + path + ": " + e.errno().message(), hint, e);
    }

    // ------------------------------------------------------------------ using

    Path file() {
        return file;
    }

    FileSystem fileSystem() {
        return fileSystem;
    }

    Vfs names() {
        return names;
    }

    DirectoryNode root() {
        return fileSystem.root();
    }

    /** Returns what is at a path; links are followed but for the last. */
    Node node(String path) throws CliException {
        try {
            return names.node(root(), path, false);
        } catch (ErrnoException e) {
            throw failure(path, e);
        }
    }

    /** Tells whether something is at a path. */
    boolean exists(String path) throws CliException {
        try {
            names.node(root(), path, true);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return false;
            }
            throw failure(path, e);
        }
    }

    /** Tells whether a directory is at a path, or a link to one. */
    boolean isDirectory(String path) throws CliException {
        try {
            return exists(path) && names.node(root(), path, true) instanceof DirectoryNode;
        } catch (ErrnoException e) {
            throw failure(path, e);
        }
    }

    /** Makes the disk larger; {@code ours} is the file system on it. */
    void grow(Cowfs ours, long size) throws CliException {
        try {
            device.grow(size);
            ours.grow();
        } catch (IOException e) {
            throw failure(file, e);
        } catch (ErrnoException e) {
            throw failure("/", e);
        }
    }

    /** Makes everything last; the command has succeeded only after that. */
    @Override
    public void close() throws CliException {
        try {
            if (fileSystem instanceof Cowfs ours) {
                ours.close();
            }
        } catch (ErrnoException e) {
            throw failure("what was changed last is not on the disk", e);
        } finally {
            closeQuietly(device);
        }
    }
}
