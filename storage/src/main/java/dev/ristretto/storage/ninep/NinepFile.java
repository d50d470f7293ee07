package dev.ristretto.storage.ninep;

import dev.ristretto.storage.ErrnoException;
import dev.ristretto.storage.node.Attributes;
import dev.ristretto.storage.node.FileNode;
import java.nio.ByteBuffer;

/** A file by one of its names, or something else that is neither a directory nor a link and cannot be opened. */
final class NinepFile extends NinepNode implements FileNode {
    /** By this it has been open since it was created; for the first who holds it. */
    private Fid created;

    NinepFile(NinepFileSystem fileSystem, Fid fid, Qid qid, Fid created) {
        super(fileSystem, fid, qid);
        this.created = created;
    }

    private synchronized Fid takeCreated() {
        Fid taken = created;
        created = null;
        return taken;
    }

    private OpenedFile opened() {
        return files().opened().of(this);
    }

    @Override
    public Attributes attributes() throws ErrnoException {
        OpenedFile opened = opened();
        return opened == null ? super.attributes() : opened.attributes(this);
    }

    @Override
    public void setPermissions(int permissions) throws ErrnoException {
        OpenedFile opened = opened();
        if (opened != null && opened.isNameless()) {
            opened.setPermissions(permissions);
        } else {
            super.setPermissions(permissions);
        }
    }

    @Override
    public void setOwner(int owner, int group) throws ErrnoException {
        OpenedFile opened = opened();
        if (opened != null && opened.isNameless()) {
            opened.setOwner(owner, group);
        } else {
            super.setOwner(owner, group);
        }
    }

    @Override
    public void setTimes(long accessed, long modified) throws ErrnoException {
        OpenedFile opened = opened();
        if (opened != null && opened.isNameless()) {
            opened.setTimes(accessed, modified);
        } else {
            super.setTimes(accessed, modified);
        }
    }

    @Override
    public void hold() throws ErrnoException {
        files().opened().hold(this, takeCreated());
    }

    @Override
    public void drop() {
        files().opened().drop(this);
    }

    /** What is done with a file while it is held. */
    private interface Use<T> {
        T of(OpenedFile opened) throws ErrnoException;
    }

    private <T> T using(Use<T> use) throws ErrnoException {
        OpenedFile opened = files().opened().hold(this, takeCreated());
        try {
            return use.of(opened);
        } finally {
            drop();
        }
    }

    @Override
    public void requireWritable() throws ErrnoException {
        files().requireWritable();
        using(opened -> {
            opened.requireWritable();
            return null;
        });
    }

    @Override
    public long size() throws ErrnoException {
        return attributes().size();
    }

    @Override
    public int read(long position, ByteBuffer destination) throws ErrnoException {
        return destination.hasRemaining() ? using(opened -> opened.read(position, destination)) : 0;
    }

    @Override
    public int write(long position, ByteBuffer source) throws ErrnoException {
        files().requireWritable();
        return source.hasRemaining() ? using(opened -> opened.write(position, source)) : 0;
    }

    @Override
    public long append(ByteBuffer source) throws ErrnoException {
        files().requireWritable();
        return using(opened -> opened.append(this, source));
    }

    @Override
    public void truncate(long size) throws ErrnoException {
        files().requireWritable();
        using(opened -> {
            opened.truncate(this, size);
            return null;
        });
    }

    @Override
    public void sync(boolean metadata) throws ErrnoException {
        using(opened -> {
            opened.sync(metadata);
            return null;
        });
    }
}
