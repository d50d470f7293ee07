package dev.ristretto.storage.vfs;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.Names;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.util.List;

/** Resolves one path, component by component (POSIX.1-2024, Base Definitions, 4.16 Pathname Resolution). */
final class PathWalk {
    /** The longest path, in bytes of UTF-8 ({@code PATH_MAX}, which counts a terminating zero). */
    static final int PATH_MAXIMUM = 4095;

    /** The most symbolic links on the way of one resolution ({@code MAXSYMLINKS} of Linux). */
    static final int LINKS_MAXIMUM = 40;

    /** What to do if the last component is a symbolic link. */
    enum LastLink {
        /** Follow it. */
        FOLLOW,
        /** Return it, unless a slash after it asks for the directory. */
        RETURN,
        /** Return it in any case: the caller wants the name, to create or remove it, and looks at slashes after it himself. */
        NAME
    }

    /**
     * Where a path leads.
     *
     * @param directory     the directory that the last component is in
     * @param name          the last component, possibly {@code "."} or {@code ".."}; {@code "/"} if the path has none
     * @param node          the file of that name, or null if there is none
     * @param slashAfter    whether a slash followed the last component: only a directory will do
     */
    record Target(DirectoryNode directory, String name, Node node, boolean slashAfter) {
        /** Tells whether the last component is a name that could be created or removed. */
        boolean isName() {
            return !name.equals(".") && !name.equals("..") && !name.equals("/");
        }
    }

    private final Vfs vfs;
    private final LastLink lastLink;

    /** The names from the root to where the walk is, if the caller wants them, otherwise null. */
    private final List<String> trail;
    private DirectoryNode current;
    private int followed;

    PathWalk(Vfs vfs, LastLink lastLink, List<String> trail) {
        this.vfs = vfs;
        this.lastLink = lastLink;
        this.trail = trail;
    }

    /** Walks, from a directory unless the path is absolute. A file that does not exist is found as null if only the last is missing. */
    Target walk(DirectoryNode base, String path) throws ErrnoException {
        if (path.isEmpty()) {
            throw Errno.ENOENT.exception();
        }
        if (Names.utf8Length(path) > PATH_MAXIMUM) {
            throw Errno.ENAMETOOLONG.exception();
        }
        String rest = path;
        int at = begin(base, rest);
        for (;;) {
            at = skipSlashes(rest, at);
            if (at == rest.length()) {
                return new Target(current, "/", current, true);
            }
            int slash = rest.indexOf('/', at);
            int end = slash < 0 ? rest.length() : slash;
            int next = skipSlashes(rest, end);
            boolean isLast = next == rest.length();
            String name = rest.substring(at, end);
            if (name.equals(".") || name.equals("..")) {
                if (name.equals("..")) {
                    current = vfs.parent(current);
                    leave();
                }
                if (isLast) {
                    return new Target(current, name, current, true);
                }
                at = next;
                continue;
            }
            Names.check(name);
            Node node = vfs.topmost(current.lookup(name));
            boolean slashAfter = isLast && next > end;
            if (node instanceof SymbolicLinkNode link && follows(isLast, slashAfter)) {
                rest = target(link) + rest.substring(end);
                at = begin(current, rest);
                continue;
            }
            if (isLast) {
                if (node != null && slashAfter && lastLink != LastLink.NAME && !(node instanceof DirectoryNode)) {
                    throw Errno.ENOTDIR.exception();
                }
                enter(name);
                return new Target(current, name, node, slashAfter);
            }
            current = switch (node) {
                case null -> throw Errno.ENOENT.exception();
                case DirectoryNode directory -> directory;
                default -> throw Errno.ENOTDIR.exception();
            };
            enter(name);
            at = next;
        }
    }

    private boolean follows(boolean isLast, boolean slashAfter) {
        return !isLast || lastLink == LastLink.FOLLOW || lastLink == LastLink.RETURN && slashAfter;
    }

    private String target(SymbolicLinkNode link) throws ErrnoException {
        if (++followed > LINKS_MAXIMUM) {
            throw Errno.ELOOP.exception();
        }
        return link.target();
    }

    /** Sets where a path begins and returns the index of its first component. */
    private int begin(DirectoryNode base, String path) {
        if (!path.startsWith("/")) {
            current = base;
            return 0;
        }
        current = vfs.root();
        if (trail != null) {
            trail.clear();
        }
        return 1;
    }

    private void enter(String name) {
        if (trail != null) {
            trail.add(name);
        }
    }

    private void leave() {
        if (trail != null && !trail.isEmpty()) {
            trail.removeLast();
        }
    }

    private static int skipSlashes(String path, int from) {
        int at = from;
        while (at < path.length() && path.charAt(at) == '/') {
            at++;
        }
        return at;
    }
}
