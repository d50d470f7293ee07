package dev.ristretto.storage.ninep;

import dev.ristretto.storage.Errno;
import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.DirectoryCursor;
import dev.ristretto.storage.node.DirectoryNode;
import dev.ristretto.storage.node.FileNode;
import dev.ristretto.storage.node.Node;
import dev.ristretto.storage.node.SymbolicLinkNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A directory. */
final class NinepDirectory extends NinepNode implements DirectoryNode {
    /** {@code O_DIRECTORY}. */
    private static final int ONLY_DIRECTORIES = 0200000;
    /** Read and write, create, fail if it is there. */
    private static final int NEW_FILE = 02 | 0100 | 0200;
    /** Names that a list may have; one that never ends would fill the memory. */
    private static final int MOST_NAMES = 4_000_000;

    private final NinepDirectory parent;

    /** @param parent null for the root */
    NinepDirectory(NinepFileSystem fileSystem, NinepDirectory parent, Fid fid, Qid qid) {
        super(fileSystem, fid, qid);
        this.parent = parent == null ? this : parent;
    }

    @Override
    public DirectoryNode parent() {
        return parent;
    }

    @Override
    public Node lookup(String name) throws ErrnoException {
        NinepSession.Walked found = session().walk(fid(), name);
        if (found == null) {
            return null;
        }
        if ((found.qid().type() & Qid.DIRECTORY) != 0) {
            return new NinepDirectory(files(), this, found.fid(), found.qid());
        }
        if ((found.qid().type() & Qid.LINK) == 0) {
            return new NinepFile(files(), found.fid(), found.qid(), null);
        }
        String target = session().call(MessageTypes.READLINK, message -> message.put32(found.fid().number()), Message::takeText);
        return new NinepLink(files(), found.fid(), found.qid(), target);
    }

    /** {@inheritDoc} A directory that is gone has none. */
    @Override
    public DirectoryCursor entries() throws ErrnoException {
        try {
            return names();
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                return () -> null;
            }
            throw e;
        }
    }

    private DirectoryCursor names() throws ErrnoException {
        Fid own = session().copy(fid());
        FileCalls.open(session(), own, ONLY_DIRECTORIES, number());
        List<String> names = new ArrayList<>();
        try {
            long offset = 0;
            for (long last = -1; offset != last && names.size() <= MOST_NAMES;) {
                last = offset;
                offset = readSome(own, offset, names);
            }
        } finally {
            session().close(own);
        }
        if (names.size() > MOST_NAMES) {
            throw Errno.EIO.exception();
        }
        Iterator<String> iterator = names.iterator();
        return () -> iterator.hasNext() ? iterator.next() : null;
    }

    /** Reads names from an offset on; returns that of the next ones, or the same at the end. */
    private long readSome(Fid own, long offset, List<String> names) throws ErrnoException {
        int most = session().dataMaximum();
        return session().call(MessageTypes.READDIR, message -> message.put32(own.number()).put64(offset).put32(most), message -> {
            if (message.take32() != message.left() || message.left() > most) {
                throw Errno.EIO.exception();
            }
            long next = offset;
            while (message.left() > 0) {
                message.takeQid();
                next = message.take64();
                message.take8();
                String name = nameOrNull(message);
                if (name != null && !name.equals(".") && !name.equals("..")) {
                    names.add(name);
                }
            }
            return next;
        });
    }

    /** Null for one that is no text. */
    private static String nameOrNull(Message message) throws ErrnoException {
        String name;
        try {
            name = message.takeText();
        } catch (ErrnoException e) {
            if (e.errno() == Errno.EILSEQ) {
                return null;
            }
            throw e;
        }
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
            throw Errno.EIO.exception();
        }
        return name;
    }

    @Override
    public void sync() throws ErrnoException {
        Fid own = session().copy(fid());
        FileCalls.open(session(), own, ONLY_DIRECTORIES, number());
        try {
            FileCalls.sync(session(), own, true);
        } finally {
            session().close(own);
        }
    }

    @Override
    public FileNode createFile(String name, int permissions) throws ErrnoException {
        files().requireWritable();
        Fid own = session().copy(fid());
        Qid made = null;
        try {
            made = session().call(MessageTypes.LCREATE, message -> message.put32(own.number()).put(name).put32(NEW_FILE).put32(permissions)
                    .put32(MessageTypes.NONE), FileCalls::opened);
        } catch (ErrnoException e) {
            // Who looks again after this would do so for ever where a server says both that a name is taken and that it is not.
            throw e.errno() == Errno.EEXIST && session().walk(fid(), name) == null ? Errno.EIO.exception() : e;
        } finally {
            if (made == null) {
                session().close(own);
            }
        }
        NinepSession.Walked found = session().walk(fid(), name);
        if (found == null || FileCalls.number(found.qid()) != FileCalls.number(made)) {
            session().close(own);
            throw Errno.ESTALE.exception(); // somebody was faster
        }
        return new NinepFile(files(), found.fid(), found.qid(), own);
    }

    @Override
    public DirectoryNode createDirectory(String name, int permissions) throws ErrnoException {
        files().requireWritable();
        session().call(MessageTypes.MKDIR, message -> message.put32(fid().number()).put(name).put32(permissions).put32(MessageTypes.NONE), Message::takeQid);
        if (lookup(name) instanceof DirectoryNode made) {
            return made;
        }
        throw Errno.ENOENT.exception(); // somebody was faster
    }

    @Override
    public SymbolicLinkNode createSymbolicLink(String name, String target) throws ErrnoException {
        files().requireWritable();
        session().call(MessageTypes.SYMLINK, message -> message.put32(fid().number()).put(name).put(target).put32(MessageTypes.NONE), Message::takeQid);
        if (lookup(name) instanceof SymbolicLinkNode made) {
            return made;
        }
        throw Errno.ENOENT.exception(); // somebody was faster
    }

    @Override
    public void link(String name, Node file) throws ErrnoException {
        files().requireWritable();
        if (file instanceof DirectoryNode) {
            throw Errno.EPERM.exception();
        }
        NinepNode node = (NinepNode) file;
        if (node.attributes().links() == 0) {
            throw Errno.ENOENT.exception();
        }
        session().call(MessageTypes.LINK, message -> message.put32(fid().number()).put32(node.fid().number()).put(name));
    }

    @Override
    public void unlink(String name) throws ErrnoException {
        files().requireWritable();
        OpenedFile loses = files().opened().of(openedNamed(name));
        remove(name, 0);
        if (loses != null) {
            loses.lostName();
        }
    }

    @Override
    public void removeDirectory(String name) throws ErrnoException {
        files().requireWritable();
        remove(name, MessageTypes.AT_REMOVEDIR);
    }

    private void remove(String name, int flags) throws ErrnoException {
        session().call(MessageTypes.UNLINKAT, message -> message.put32(fid().number()).put(name).put32(flags));
    }

    @Override
    public void rename(String name, DirectoryNode target, String targetName) throws ErrnoException {
        files().requireWritable();
        NinepDirectory to = (NinepDirectory) target;
        NinepFile replaced = to.openedNamed(targetName);
        OpenedFile loses = replaced == null || replaced.equals(lookup(name)) ? null : files().opened().of(replaced);
        session().call(MessageTypes.RENAMEAT, message -> message.put32(fid().number()).put(name).put32(to.fid().number()).put(targetName));
        if (loses != null) {
            loses.lostName();
        }
    }

    /** The file of that name if somebody has it open, its attributes up to date, otherwise null. Asks nobody while nothing is open. */
    private NinepFile openedNamed(String name) throws ErrnoException {
        if (files().opened().isEmpty() || !(lookup(name) instanceof NinepFile file) || files().opened().of(file) == null) {
            return null;
        }
        file.attributes();
        return file;
    }
}
