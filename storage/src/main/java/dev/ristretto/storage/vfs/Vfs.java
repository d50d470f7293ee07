package dev.ristretto.storage.vfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.map.MapMemory;
import dev.ristretto.storage.map.MappedFiles;
import dev.ristretto.storage.node.DeviceNode;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.FileSystem;
import dev.ristretto.storage.node.Names;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.Statistics;
import dev.ristretto.storage.node.SymbolicLinkNode;
import dev.ristretto.storage.vfs.PathWalk.LastLink;
import dev.ristretto.storage.vfs.PathWalk.Target;
import java.util.ArrayList;
import java.util.List;

/**
 * The name space and its operations on paths. A relative path begins at the directory that is passed with it:
 * {@link #workingDirectory()} for ordinary use, or any open directory (as the {@code ...at} system calls have it).
 * <p>
 * Every operation that takes a path can fail with {@code ENOENT}, {@code ENOTDIR}, {@code ELOOP}, {@code ENAMETOOLONG},
 * {@code EINVAL} (a character 0) and {@code EILSEQ} (not text); every one that changes something, with {@code EROFS}. What else
 * can go wrong stands at the operation.
 */
public final class Vfs {
    private final MountTable mounts;
    private final int umask;
    private final MappedFiles maps;
    private volatile DirectoryNode workingDirectory;

    /**
     * Makes a name space of one file system, whose files nobody maps.
     *
     * @param root  what is mounted at {@code /}
     * @param umask permission bits that new files and directories do not get
     */
    public Vfs(FileSystem root, int umask) {
        this(root, umask, new MappedFiles(MapMemory.NONE, bytes -> { }));
    }

    /**
     * Makes a name space of one file system.
     *
     * @param root  what is mounted at {@code /}
     * @param umask permission bits that new files and directories do not get
     * @param maps  of its files
     */
    public Vfs(FileSystem root, int umask, MappedFiles maps) {
        this.mounts = new MountTable(root);
        this.umask = umask;
        this.maps = maps;
        this.workingDirectory = root.root();
    }

    // ------------------------------------------------------------------ mounts and directories

    /**
     * Mounts a file system on a directory, whose content is hidden from then on.
     *
     * @param path absolute path of the directory
     * @throws ErrnoException {@code EBUSY} if the file system is mounted already, or something on that directory
     */
    public void mount(String path, FileSystem fileSystem) throws ErrnoException {
        Target target = walk(root(), path, LastLink.FOLLOW);
        DirectoryNode directory = directory(existing(target));
        mounts.add(realPath(root(), path), fileSystem, directory);
    }

    /** Returns the maps of its files: what is read and written past {@link OpenFile} must be by way of them. */
    public MappedFiles maps() {
        return maps;
    }

    /** Returns what is mounted, the root first. */
    public List<Mount> mounts() {
        return mounts.list();
    }

    /** Returns the directory at the top. */
    public DirectoryNode root() {
        return mounts.root();
    }

    /** Returns the directory where relative paths begin by default. */
    public DirectoryNode workingDirectory() {
        return workingDirectory;
    }

    /** Sets {@link #workingDirectory()}. */
    public void changeDirectory(String path) throws ErrnoException {
        workingDirectory = directory(existing(walk(workingDirectory, path, LastLink.FOLLOW)));
    }

    /** Returns the absolute path of the working directory; {@code ENOENT} if it has been removed. */
    public String workingDirectoryPath() throws ErrnoException {
        return join(namesOf(workingDirectory));
    }

    DirectoryNode parent(DirectoryNode directory) {
        DirectoryNode top = directory;
        while (top == top.fileSystem().root()) {
            DirectoryNode covered = mounts.of(top.fileSystem()).covered();
            if (covered == null) {
                return top;
            }
            top = covered;
        }
        return top.parent();
    }

    /** Returns what is seen where a node is: the root of what is mounted on it, or the node itself. */
    Node topmost(Node node) {
        return node instanceof DirectoryNode directory ? mounts.topmost(directory) : node;
    }

    // ------------------------------------------------------------------ looking

    /** Returns the status of a file; if {@code follow} is false and the path ends at a symbolic link, of the link itself. */
    public Status status(DirectoryNode base, String path, boolean follow) throws ErrnoException {
        Node node = node(base, path, follow);
        return new Status(device(node), node.attributes());
    }

    /** Returns the file that a path leads to; if {@code follow} is false, that may be a symbolic link. */
    public Node node(DirectoryNode base, String path, boolean follow) throws ErrnoException {
        return existing(walk(base, path, follow ? LastLink.FOLLOW : LastLink.RETURN));
    }

    /**
     * Fails if root may not use the file in a certain way: write what is on a read-only file system ({@code EROFS}), or execute a
     * file that nobody may execute ({@code EACCES}).
     */
    public void access(DirectoryNode base, String path, boolean write, boolean execute) throws ErrnoException {
        Node node = node(base, path, true);
        if (write && !(node instanceof DeviceNode) && node.fileSystem().isReadOnly()) {
            throw Errno.EROFS.exception();
        }
        if (execute && !(node instanceof DirectoryNode) && (node.attributes().permissions() & 0111) == 0) {
            throw Errno.EACCES.exception();
        }
    }

    /** Returns where a symbolic link points; {@code EINVAL} if it is something else. */
    public String readLink(DirectoryNode base, String path) throws ErrnoException {
        if (node(base, path, false) instanceof SymbolicLinkNode link) {
            return link.target();
        }
        throw Errno.EINVAL.exception();
    }

    /** Returns the absolute path of an existing file, without symbolic links, {@code "."} and {@code ".."}. */
    public String realPath(DirectoryNode base, String path) throws ErrnoException {
        List<String> trail = path.startsWith("/") ? new ArrayList<>() : namesOf(base);
        existing(new PathWalk(this, LastLink.FOLLOW, trail).walk(base, path));
        return join(trail);
    }

    /** Returns how full the file system is that a file is in. */
    public Statistics statistics(DirectoryNode base, String path) throws ErrnoException {
        return node(base, path, true).fileSystem().statistics();
    }

    // ------------------------------------------------------------------ opening

    /**
     * Opens a file.
     *
     * @param flags       of {@link OpenFlags}; others are ignored
     * @param permissions of the file if it is created, less the umask
     * @throws ErrnoException {@code EEXIST}; {@code EISDIR} for a directory to be written or created; {@code ELOOP} for a symbolic
     *                        link not to be followed; {@code ENXIO} for the name of a pipe, a socket or a device from elsewhere;
     *                        {@code ENOSPC}
     */
    public OpenFile open(DirectoryNode base, String path, int flags, int permissions) throws ErrnoException {
        for (;;) {
            try {
                return openOnce(base, path, flags, permissions);
            } catch (ErrnoException e) {
                if (!isLostRace(e, flags)) {
                    throw e;
                }
                // Somebody removed the file between its lookup and its opening, or created it meanwhile: look again.
            }
        }
    }

    private static boolean isLostRace(ErrnoException e, int flags) {
        return e.errno() == Errno.ESTALE || e.errno() == Errno.EEXIST && (flags & OpenFlags.O_EXCL) == 0;
    }

    private OpenFile openOnce(DirectoryNode base, String path, int flags, int permissions) throws ErrnoException {
        boolean creates = (flags & OpenFlags.O_CREAT) != 0;
        boolean exclusive = creates && (flags & OpenFlags.O_EXCL) != 0;
        boolean follows = !exclusive && (flags & OpenFlags.O_NOFOLLOW) == 0;
        Target target = walk(base, path, exclusive ? LastLink.NAME : follows ? LastLink.FOLLOW : LastLink.RETURN);
        Node node = target.node();
        if (creates && target.isName() && target.slashAfter()) {
            throw Errno.EISDIR.exception();
        }
        boolean truncates = (flags & OpenFlags.O_TRUNC) != 0 && OpenFlags.writable(flags);
        if (node == null) {
            if (!creates) {
                throw Errno.ENOENT.exception();
            }
            node = target.directory().createFile(target.name(), permissions & ~umask);
            truncates = false;
        } else if (exclusive) {
            throw Errno.EEXIST.exception();
        }
        if ((flags & OpenFlags.O_DIRECTORY) != 0 && !(node instanceof DirectoryNode)) {
            throw Errno.ENOTDIR.exception();
        }
        return switch (node) {
            case FileNode file -> openFile(file, flags, truncates);
            case DirectoryNode directory -> {
                if (creates || OpenFlags.writable(flags)) {
                    throw Errno.EISDIR.exception();
                }
                yield new OpenDirectory(directory, device(directory));
            }
            case DeviceNode device -> new OpenDevice(device, device(device), flags);
            case SymbolicLinkNode link -> throw Errno.ELOOP.exception();
            default -> throw Errno.ENXIO.exception();
        };
    }

    private OpenFile openFile(FileNode file, int flags, boolean truncates) throws ErrnoException {
        if (OpenFlags.writable(flags) && file.fileSystem().isReadOnly()) {
            throw Errno.EROFS.exception();
        }
        file.hold();
        boolean done = false;
        try {
            if (OpenFlags.writable(flags)) {
                file.requireWritable();
            }
            if (truncates) {
                maps.truncate(file, 0);
            }
            OpenFile open = new OpenRegularFile(file, maps, device(file), flags);
            done = true;
            return open;
        } finally {
            if (!done) {
                file.drop();
            }
        }
    }

    // ------------------------------------------------------------------ names

    /** Creates a directory, with permissions less the umask; {@code EEXIST}, {@code ENOSPC}, {@code EMLINK}. */
    public void makeDirectory(DirectoryNode base, String path, int permissions) throws ErrnoException {
        Target target = walk(base, path, LastLink.NAME);
        if (target.node() != null) {
            throw Errno.EEXIST.exception();
        }
        target.directory().createDirectory(target.name(), permissions & ~umask);
    }

    /** Creates a symbolic link to any text but an empty one ({@code ENOENT}); {@code EEXIST}, {@code ENOSPC}. */
    public void makeSymbolicLink(DirectoryNode base, String path, String linkTarget) throws ErrnoException {
        if (linkTarget.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        if (Names.utf8Length(linkTarget) > PathWalk.PATH_MAXIMUM) {
            throw Errno.ENAMETOOLONG.exception();
        }
        Target target = newName(base, path);
        target.directory().createSymbolicLink(target.name(), linkTarget);
    }

    /**
     * Gives an existing file (or symbolic link) another name; {@code EEXIST}, {@code EPERM} for a directory, {@code EXDEV},
     * {@code EMLINK}, {@code ENOSPC}.
     */
    public void link(DirectoryNode existingBase, String existingPath, DirectoryNode base, String path) throws ErrnoException {
        Node node = node(existingBase, existingPath, false);
        Target target = newName(base, path);
        if (node instanceof DirectoryNode) {
            throw Errno.EPERM.exception();
        }
        if (node.fileSystem() != target.directory().fileSystem()) {
            throw Errno.EXDEV.exception();
        }
        target.directory().link(target.name(), node);
    }

    private Target newName(DirectoryNode base, String path) throws ErrnoException {
        Target target = walk(base, path, LastLink.NAME);
        if (target.node() != null) {
            throw Errno.EEXIST.exception();
        }
        if (target.slashAfter()) {
            throw Errno.ENOENT.exception();
        }
        return target;
    }

    /** Removes a name of something that is not a directory; {@code EISDIR} if it is. */
    public void unlink(DirectoryNode base, String path) throws ErrnoException {
        Target target = walk(base, path, LastLink.NAME);
        if (existing(target) instanceof DirectoryNode) {
            throw Errno.EISDIR.exception();
        }
        if (target.slashAfter()) {
            throw Errno.ENOTDIR.exception();
        }
        target.directory().unlink(target.name());
    }

    /**
     * Removes an empty directory; {@code ENOTEMPTY}; {@code EBUSY} if something is mounted there; {@code EINVAL} for {@code "."}.
     */
    public void removeDirectory(DirectoryNode base, String path) throws ErrnoException {
        Target target = walk(base, path, LastLink.NAME);
        existing(target);
        if (target.name().equals("/") || isMountPoint(target)) {
            throw Errno.EBUSY.exception();
        }
        if (!target.isName()) {
            throw (target.name().equals(".") ? Errno.EINVAL : Errno.ENOTEMPTY).exception();
        }
        target.directory().removeDirectory(target.name());
    }

    /**
     * Moves a file to another name, replacing what has that name.
     *
     * @throws ErrnoException {@code EXDEV} from one file system to another; {@code EBUSY} for the root, a place where something is
     *                        mounted, and paths that end in {@code "."} or {@code ".."}; and as {@link DirectoryNode#rename}
     */
    public void rename(DirectoryNode fromBase, String fromPath, DirectoryNode toBase, String toPath) throws ErrnoException {
        Target from = walk(fromBase, fromPath, LastLink.NAME);
        Target to = walk(toBase, toPath, LastLink.NAME);
        if (from.directory().fileSystem() != to.directory().fileSystem()) {
            throw Errno.EXDEV.exception();
        }
        if (!from.isName() || !to.isName()) {
            throw Errno.EBUSY.exception();
        }
        Node node = existing(from);
        if (isMountPoint(from) || isMountPoint(to)) {
            throw Errno.EBUSY.exception();
        }
        if ((from.slashAfter() || to.slashAfter()) && !(node instanceof DirectoryNode)) {
            throw Errno.ENOTDIR.exception();
        }
        from.directory().rename(from.name(), to.directory(), to.name());
    }

    // ------------------------------------------------------------------ helpers

    private Target walk(DirectoryNode base, String path, LastLink lastLink) throws ErrnoException {
        return new PathWalk(this, lastLink, null).walk(base, path);
    }

    private long device(Node node) {
        return mounts.of(node.fileSystem()).device();
    }

    private boolean isMountPoint(Target target) {
        return target.isName() && target.node() != null && target.node().fileSystem() != target.directory().fileSystem();
    }

    private static Node existing(Target target) throws ErrnoException {
        if (target.node() == null) {
            throw Errno.ENOENT.exception();
        }
        return target.node();
    }

    private static DirectoryNode directory(Node node) throws ErrnoException {
        if (node instanceof DirectoryNode directory) {
            return directory;
        }
        throw Errno.ENOTDIR.exception();
    }

    /** Returns the names on the way from the root to a directory; {@code ENOENT} if it has been removed. */
    private List<String> namesOf(DirectoryNode directory) throws ErrnoException {
        List<String> names = new ArrayList<>();
        DirectoryNode child = directory;
        while (child != root()) {
            DirectoryNode parent = parent(child);
            String name = parent == child ? null : nameIn(parent, child);
            if (name == null) {
                throw Errno.ENOENT.exception();
            }
            names.addFirst(name);
            child = parent;
        }
        return names;
    }

    private String nameIn(DirectoryNode parent, DirectoryNode child) throws ErrnoException {
        var cursor = parent.entries();
        for (String name = cursor.next(); name != null; name = cursor.next()) {
            if (child.equals(topmost(parent.lookup(name)))) {
                return name;
            }
        }
        return null;
    }

    private static String join(List<String> names) {
        return "/" + String.join("/", names);
    }
}
